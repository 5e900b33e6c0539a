// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.FrameDecoder;
import org.xenledger.xenstore.wire.XenstoreException;

/**
 * A client's socket. Its memory is bounded: a client that does not read its replies is not listened to, and one that
 * does not read its events either is cut off.
 */
final class Peer {
    /** As many bytes may wait while requests are still taken; unlike the C daemon, which takes them without end. */
    private static final int MOST_WAITING = 1 << 20;

    private static final int MOST_WAITING_EVENTS = 1 << 25;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final SelectionKey key;
    private final Xenstore store;
    private final Client client;
    private final FrameDecoder decoder = new FrameDecoder(Frame.MAX_REQUEST);
    private ByteBuffer unwritten = NOTHING;

    Peer(SocketChannel channel, SelectionKey key, Xenstore store, Client client) {
        this.channel = channel;
        this.key = key;
        this.store = store;
        this.client = client;
    }

    /** Takes what came, if it may go on; at the end of the stream the client is gone. */
    void read(ByteBuffer buffer) throws IOException {
        if (isListenedTo()) {
            if (channel.read(buffer.clear()) < 0) {
                close();
            } else {
                decoder.feed(buffer.flip());
            }
        }
    }

    private boolean isListenedTo() {
        return client.isListenedTo() && client.outbox().bytes() < MOST_WAITING;
    }

    /** Serves requests and sends what waits, as far as both go now; true where something moved. */
    boolean advance(ByteBuffer buffer) throws IOException {
        boolean moved = serve();
        moved |= write(buffer);
        if (client.isGone() || client.outbox().bytes() > MOST_WAITING_EVENTS) {
            close();
        } else {
            boolean waits = unwritten.hasRemaining() || client.outbox().bytes() > 0;
            key.interestOps((isListenedTo() ? SelectionKey.OP_READ : 0) | (waits ? SelectionKey.OP_WRITE : 0));
        }
        return moved;
    }

    private boolean serve() {
        boolean served = false;
        try {
            while (!client.isGone() && isListenedTo()) {
                Optional<Frame> frame = decoder.next();
                if (frame.isEmpty()) {
                    return served;
                }
                store.serve(client, frame.get());
                served = true;
            }
        } catch (XenstoreException tooLong) {
            // nothing after it can be understood; what waits is dropped too, as by the C daemon
            close();
        }
        return served;
    }

    private boolean write(ByteBuffer buffer) throws IOException {
        boolean wrote = false;
        while (channel.isOpen()) {
            boolean left = unwritten.hasRemaining();
            ByteBuffer next = left ? unwritten : fill(buffer.clear()).flip();
            if (!next.hasRemaining()) {
                return wrote;
            }
            wrote |= channel.write(next) > 0;
            if (next.hasRemaining()) {
                // the buffer is everyone's
                unwritten = left
                        ? next
                        : ByteBuffer.allocate(next.remaining()).put(next).flip();
                return wrote;
            }
            unwritten = NOTHING;
        }
        return wrote;
    }

    private ByteBuffer fill(ByteBuffer buffer) {
        while (buffer.remaining() >= Frame.HEADER + Frame.MAX_REQUEST) {
            Optional<Frame> frame = client.outbox().poll();
            if (frame.isEmpty()) {
                break;
            }
            buffer.put(frame.get().encode());
        }
        return buffer;
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    void close() {
        store.disconnect(client);
        try {
            channel.close();
        } catch (IOException e) {
            // it cannot be used any more, which is what was wanted
        }
    }
}
