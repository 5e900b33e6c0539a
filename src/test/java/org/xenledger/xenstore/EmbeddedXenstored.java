// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.xenledger.xenstore.client.XenstoreClient;
import org.xenledger.xenstore.server.DomainState;
import org.xenledger.xenstore.server.XenstoreServer;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.MessageType;

/** The embedded server, with a hypervisor that knows the domains that a test makes. */
public final class EmbeddedXenstored implements DaemonUnderTest {
    private final Map<Integer, DomainState> domains = new ConcurrentHashMap<>();
    private final Path directory;
    private volatile boolean pausing;
    private CompletableFuture<Void> paused;
    private CompletableFuture<DomainState> resume;
    private XenstoreServer server;

    private EmbeddedXenstored(Path directory) {
        this.directory = directory;
    }

    /** Starts an empty store, in which only Domain-0 is known. */
    public static EmbeddedXenstored startEmpty() {
        try {
            EmbeddedXenstored embedded = new EmbeddedXenstored(Files.createTempDirectory("xs"));
            embedded.start();
            return embedded;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Path socket() {
        return directory.resolve("socket");
    }

    @Override
    public Set<OxenstoredDifference> differences() {
        return Set.of();
    }

    @Override
    public void introduce(int domid, XenstoreClient client) {
        create(domid);
        client.introduce(domid, 1, 3);
    }

    @Override
    public void create(int domid) {
        domains.put(domid, DomainState.RUNNING);
        server.checkDomains();
    }

    @Override
    public void shutDown(int domid) {
        domains.put(domid, DomainState.SHUT_DOWN);
        server.checkDomains();
    }

    @Override
    public void destroy(int domid) {
        domains.remove(domid);
        server.checkDomains();
    }

    @Override
    public RawConnection guest(int domid) {
        Path socket = directory.resolve("guest" + domid);
        if (!Files.exists(socket)) {
            server.listenAs(domid, socket);
        }
        return new RawSocket(socket);
    }

    /** Its one thread asks about a domain, and gets no answer before the server is to end. */
    @Override
    public void pause() {
        pausing = true;
        try (RawSocket client = new RawSocket(socket())) {
            client.send(new Frame(MessageType.INTRODUCE.code(), 1, 0, "32000\0001\0003\0"));
            paused.join();
        }
    }

    @Override
    public void stop() {
        if (paused.isDone()) {
            Thread closing = Thread.currentThread();
            // once it waits for the server's end nothing more is served
            new Thread(() -> {
                        await().until(() -> closing.getState() == Thread.State.WAITING);
                        resume.complete(DomainState.ABSENT);
                    })
                    .start();
        }
        server.close();
        try (ServerSocketChannel left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            left.bind(UnixDomainSocketAddress.of(socket()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void start() {
        pausing = false;
        paused = new CompletableFuture<>();
        resume = new CompletableFuture<>();
        server = XenstoreServer.start(socket(), this::state);
    }

    private DomainState state(int domid) {
        if (pausing) {
            paused.complete(null);
            return resume.join();
        }
        return domains.getOrDefault(domid, DomainState.ABSENT);
    }

    @Override
    public void close() {
        server.close();
        try {
            Files.deleteIfExists(socket());
            Files.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
