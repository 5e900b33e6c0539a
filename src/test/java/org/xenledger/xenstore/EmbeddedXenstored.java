// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.xenledger.xenstore.client.XenstoreClient;
import org.xenledger.xenstore.server.DomainState;
import org.xenledger.xenstore.server.XenstoreServer;

/** The embedded server, with a hypervisor that knows the domains that a test makes. */
public final class EmbeddedXenstored implements DaemonUnderTest {
    private final Map<Integer, DomainState> domains = new ConcurrentHashMap<>();
    private final Path directory;
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

    /** It has no process of its own that could stand still. */
    @Override
    public void pause() {
        throw new UnsupportedOperationException("the embedded server cannot be paused");
    }

    @Override
    public void stop() {
        server.close();
        try (ServerSocketChannel left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            left.bind(UnixDomainSocketAddress.of(socket()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void start() {
        server = XenstoreServer.start(socket(), domid -> domains.getOrDefault(domid, DomainState.ABSENT));
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
