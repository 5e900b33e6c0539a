// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.xenledger.xenstore.wire.XenstoreException;

/**
 * A xenstore on a Unix socket, in this process: empty at first but for {@code /tool/xenstored}, gone with it.
 *
 * <p>Its clients are privileged, as those of xenstored's socket are. A domain's own, unprivileged connections come on
 * sockets of {@link #listenAs}. One thread serves all.
 */
public final class XenstoreServer implements AutoCloseable {
    private static final long PAUSE_MILLIS = 100;

    private final Selector selector;
    private final Xenstore store;
    private final List<Listener> listeners = new ArrayList<>();
    /** Those on which no connection could be taken the last time. */
    private final List<SelectionKey> pausing = new ArrayList<>();

    private final List<Peer> peers = new ArrayList<>();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private volatile boolean stopping;

    private XenstoreServer(Hypervisor hypervisor) {
        this.store = new Xenstore(hypervisor);
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts one that takes every domain for a running one. */
    public static XenstoreServer start(Path socket) {
        return start(socket, Hypervisor.EVERY_DOMAIN_RUNS);
    }

    /** @param hypervisor knows which domains exist; a {@link XenstoreException} says why the socket cannot be had */
    public static XenstoreServer start(Path socket, Hypervisor hypervisor) {
        XenstoreServer server = new XenstoreServer(hypervisor);
        Thread thread = new Thread(server::run, "xenstore");
        thread.setDaemon(true);
        thread.start();
        try {
            server.listenAs(0, socket);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
        return server;
    }

    /** Opens a socket whose connections are a domain's own; they are closed as long as it is not introduced. */
    public void listenAs(int domid, Path socket) {
        Listener listener = Listener.open(socket, domid);
        onServer(() -> listen(listener));
    }

    private void listen(Listener listener) {
        try {
            listener.channel().register(selector, SelectionKey.OP_ACCEPT, listener);
            listeners.add(listener);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The hypervisor has news: domains that shut down or are gone. Returns when the clients were told. */
    public void checkDomains() {
        onServer(store::checkDomains);
    }

    private void onServer(Runnable task) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        tasks.add(() -> {
            task.run();
            done.complete(null);
        });
        selector.wakeup();
        CompletableFuture.anyOf(done, end).join();
    }

    private void run() {
        Throwable failure = null;
        try (selector) {
            while (!stopping) {
                turn();
            }
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
        }
        try {
            peers.forEach(Peer::close);
            listeners.forEach(XenstoreServer::close);
        } finally {
            if (failure == null) {
                end.complete(null);
            } else {
                end.completeExceptionally(failure);
            }
        }
    }

    private void turn() throws IOException {
        selector.select(pausing.isEmpty() ? 0 : PAUSE_MILLIS);
        pausing.forEach(key -> key.interestOps(SelectionKey.OP_ACCEPT));
        pausing.clear();
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
        for (SelectionKey key : selector.selectedKeys()) {
            take(key);
        }
        selector.selectedKeys().clear();
        advance();
    }

    private void take(SelectionKey key) {
        if (!key.isValid()) {
            return;
        }
        if (key.attachment() instanceof Listener listener) {
            try {
                accept(listener);
            } catch (IOException noDescriptorLeft) {
                // the connection waits to be taken; it would wake this thread up again at once
                key.interestOps(0);
                pausing.add(key);
            }
        } else if (key.isReadable()) {
            Peer peer = (Peer) key.attachment();
            try {
                peer.read(buffer);
            } catch (IOException lost) {
                peer.close();
            }
        }
    }

    private void accept(Listener listener) throws IOException {
        for (SocketChannel channel = listener.channel().accept();
                channel != null;
                channel = listener.channel().accept()) {
            Optional<Client> client = store.connect(listener.domid());
            if (client.isEmpty()) {
                channel.close();
                continue;
            }
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            Peer peer = new Peer(channel, key, store, client.get());
            key.attach(peer);
            peers.add(peer);
        }
    }

    /** What one client asked may be news for another, and what one reads may let another go on: until nothing moves. */
    private void advance() {
        boolean moved = true;
        while (moved) {
            moved = false;
            for (Peer peer : peers) {
                moved |= peer.isOpen() && advance(peer);
            }
            peers.removeIf(peer -> !peer.isOpen());
        }
    }

    private boolean advance(Peer peer) {
        try {
            return peer.advance(buffer);
        } catch (IOException lost) {
            peer.close();
            return true;
        }
    }

    /** Ends it, and every connection. Had it failed before, an {@link IllegalStateException} says how. */
    @Override
    public void close() {
        stopping = true;
        selector.wakeup();
        try {
            end.join();
        } catch (RuntimeException e) {
            throw new IllegalStateException("the embedded xenstore had failed", e);
        }
    }

    private static void close(Listener listener) {
        try {
            listener.close();
        } catch (IOException e) {
            // the socket's file stays, and the next server takes its place
        }
    }
}
