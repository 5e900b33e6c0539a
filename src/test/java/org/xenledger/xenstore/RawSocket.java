// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.FrameDecoder;

/** A connection over a Unix socket. For one thread. */
public final class RawSocket implements RawConnection {
    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final FrameDecoder decoder = new FrameDecoder();
    private final ByteBuffer incoming = ByteBuffer.allocate(1 << 16);
    private ByteBuffer unsent = ByteBuffer.allocate(0);
    private boolean closed;

    public RawSocket(Path socket) {
        try {
            channel = connect(socket);
            selector = Selector.open();
            key = channel.register(selector, SelectionKey.OP_READ);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The daemons queue one or two callers only; while there are more, connect fails. */
    private static SocketChannel connect(Path socket) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
                channel.configureBlocking(false);
                return channel;
            } catch (IOException e) {
                if (System.nanoTime() - end > 0) {
                    throw e;
                }
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    @Override
    public void send(Frame frame) {
        send(frame.encode());
    }

    /** Any bytes. */
    public void send(ByteBuffer bytes) {
        unsent = ByteBuffer.allocate(unsent.remaining() + bytes.remaining())
                .put(unsent)
                .put(bytes)
                .flip();
        write();
    }

    @Override
    public Optional<Frame> receive(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            Optional<Frame> frame = decoder.next();
            long left = (end - System.nanoTime()) / 1_000_000;
            if (frame.isPresent() || closed || left < 0) {
                return frame;
            }
            await(Math.max(1, left));
        }
    }

    /** How many bytes wait for room. */
    public int unsent() {
        return unsent.remaining();
    }

    /** Whether the other side closed the connection, as far as {@link #receive} has seen. */
    public boolean isClosed() {
        return closed;
    }

    private void await(long millis) {
        try {
            write();
            key.interestOps(SelectionKey.OP_READ | (unsent.hasRemaining() ? SelectionKey.OP_WRITE : 0));
            selector.select(millis);
            closed |= channel.read(incoming.clear()) < 0;
            decoder.feed(incoming.flip());
        } catch (IOException e) {
            closed = true;
        }
    }

    private void write() {
        try {
            channel.write(unsent);
        } catch (IOException e) {
            closed = true;
        }
    }

    @Override
    public void close() {
        try (channel;
                selector) {
            closed = true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
