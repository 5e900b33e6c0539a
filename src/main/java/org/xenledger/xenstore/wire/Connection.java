// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.wire;

import java.io.IOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * One connection to a xenstore daemon. It never blocks beyond the deadline that it is given, and it writes only while it
 * also reads: oxenstored stops reading as long as its replies are not taken. For one thread.
 *
 * <p>Every failure is a {@link XenstoreException}.
 */
public final class Connection implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int RETRY_MILLIS = 5;

    private final Path path;
    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final ByteBuffer incoming = ByteBuffer.allocateDirect(1 << 16);
    private final Deque<ByteBuffer> outgoing = new ArrayDeque<>();
    private final FrameDecoder decoder = new FrameDecoder();

    private Connection(Path path, SocketChannel channel) throws IOException {
        this.path = path;
        this.channel = channel;
        this.selector = Selector.open();
        this.key = channel.register(selector, SelectionKey.OP_READ);
    }

    /** Connects, which fails within seconds where nothing takes the connection. */
    public static Connection open(Path socket, Deadline deadline) {
        if (!Files.exists(socket)) {
            throw new XenstoreException("no xenstored at " + socket
                    + ": start it, run this on the Xen host's Domain-0 as root, or give --xenstore or --xenstore-dump");
        }
        Deadline patience = Deadline.in(PATIENCE);
        while (true) {
            try {
                return new Connection(socket, connect(socket));
            } catch (IOException e) {
                if (!mayPass(e) || patience.passed() || deadline.passed()) {
                    throw new XenstoreException(
                            "cannot connect to xenstored at " + socket + " (" + e.getMessage()
                                    + "): check that it runs and is not stopped and that you are root,"
                                    + " or give --xenstore or --xenstore-dump",
                            e);
                }
            }
            pause(socket);
        }
    }

    private static SocketChannel connect(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            // or a daemon that is stopped would hold this thread for as long
            channel.configureBlocking(false);
            channel.connect(UnixDomainSocketAddress.of(socket));
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * The daemons queue one or two callers only; while there are more, connect gives EAGAIN. Java has no type for it but
     * the general one, and subtypes for a refusal and for missing rights.
     */
    private static boolean mayPass(IOException failure) {
        return failure.getClass() == SocketException.class;
    }

    private static void pause(Path socket) {
        try {
            Thread.sleep(RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new XenstoreException("interrupted while connecting to xenstored at " + socket, e);
        }
    }

    /** Queues a frame; it is written by the next {@link #receive}. */
    public void send(Frame frame) {
        outgoing.add(frame.encode());
    }

    /** Writes what is queued and waits for the next frame; empty when the deadline passed first. */
    public Optional<Frame> receive(Deadline deadline) {
        try {
            while (true) {
                Optional<Frame> frame = decoder.next();
                if (frame.isPresent()) {
                    return frame;
                }
                write();
                if (!read()) {
                    if (deadline.passed()) {
                        return Optional.empty();
                    }
                    key.interestOps(SelectionKey.OP_READ | (outgoing.isEmpty() ? 0 : SelectionKey.OP_WRITE));
                    selector.select(Math.max(1, deadline.millisLeft()));
                    if (Thread.currentThread().isInterrupted()) {
                        throw new XenstoreException("interrupted while waiting for xenstored at " + path);
                    }
                }
            }
        } catch (IOException e) {
            throw new XenstoreException(
                    "lost the connection to xenstored at " + path + " (" + e.getMessage()
                            + "): check that it still runs",
                    e);
        }
    }

    private void write() throws IOException {
        if (!outgoing.isEmpty()) {
            channel.write(outgoing.toArray(ByteBuffer[]::new));
            while (!outgoing.isEmpty() && !outgoing.peek().hasRemaining()) {
                outgoing.remove();
            }
        }
    }

    private boolean read() throws IOException {
        int count = channel.read(incoming.clear());
        if (count < 0) {
            throw new XenstoreException("xenstored at " + path + " closed the connection: check that it still runs");
        }
        decoder.feed(incoming.flip());
        return count > 0;
    }

    @Override
    public void close() {
        try (selector;
                channel) {
            outgoing.clear();
        } catch (IOException e) {
            throw new XenstoreException("cannot close the connection to xenstored at " + path, e);
        }
    }
}
