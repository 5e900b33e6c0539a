// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.xenledger.ledger.Child;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.FrameDecoder;
import org.xenledger.xenstore.wire.MessageType;

/**
 * Stands between a program and its xenstored, and counts the moments within an effect at which the program can die: before
 * a request reaches the daemon, and when the daemon has committed and the program does not know. At one of them it kills the
 * program.
 */
final class RequestPoints implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Path daemon;
    private final ServerSocketChannel server;
    private final Predicate<Frame> counted;
    private final int deadly;
    private final AtomicInteger reached = new AtomicInteger();
    private final CompletableFuture<Child> victim = new CompletableFuture<>();
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private volatile String death = "nowhere";

    /**
     * Listens.
     *
     * @param counted before which requests there is a point
     * @param deadly the number of the point, from 1; 0 for none
     */
    RequestPoints(Path daemon, Path socket, Predicate<Frame> counted, int deadly) throws IOException {
        this.daemon = daemon;
        this.counted = counted;
        this.deadly = deadly;
        this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
        open.add(server);
        begin(this::accept);
    }

    /** The program that speaks through this. */
    void on(Child child) {
        victim.complete(child);
    }

    /** How many points were passed. */
    int count() {
        return reached.get();
    }

    /** Where the program was killed. */
    String death() {
        return death;
    }

    private void accept() throws IOException {
        while (true) {
            SocketChannel program = server.accept();
            SocketChannel upstream = SocketChannel.open(UnixDomainSocketAddress.of(daemon));
            open.add(program);
            open.add(upstream);
            Set<Integer> commits = ConcurrentHashMap.newKeySet();
            begin(() -> pump(program, upstream, frame -> {
                if (frame.is(MessageType.TRANSACTION_END)) {
                    commits.add(frame.request());
                }
                return counted.test(frame) && isDeadly("before " + nameOf(frame));
            }));
            begin(() -> pump(
                    upstream, program, frame -> commits.remove(frame.request()) && isDeadly("after " + nameOf(frame))));
        }
    }

    /** Hands frames on until one is the last. */
    private void pump(SocketChannel from, SocketChannel to, Predicate<Frame> last) throws IOException {
        FrameDecoder decoder = new FrameDecoder();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        while (from.read(buffer.clear()) >= 0) {
            decoder.feed(buffer.flip());
            for (Optional<Frame> frame = decoder.next(); frame.isPresent(); frame = decoder.next()) {
                if (last.test(frame.get())) {
                    return;
                }
                for (ByteBuffer bytes = frame.get().encode(); bytes.hasRemaining(); ) {
                    to.write(bytes);
                }
            }
        }
        // the program, or the daemon, has gone: the other end learns it
        from.close();
        to.close();
    }

    private boolean isDeadly(String point) {
        if (reached.incrementAndGet() != deadly) {
            return false;
        }
        death = point;
        victim.join().kill();
        return true;
    }

    private static String nameOf(Frame frame) {
        for (MessageType type : MessageType.values()) {
            if (frame.is(type)) {
                return type.name();
            }
        }
        return "an error";
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void begin(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException closed) {
                        // one of the ends, or this, was closed
                    }
                },
                "request-points");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        for (Closeable each : open) {
            try {
                each.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
