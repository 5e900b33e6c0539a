// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.FrameDecoder;
import org.xenledger.xenstore.wire.MessageType;

/**
 * One connection while it lasts. It reads whenever there is something, also while it has something to write: oxenstored
 * stops reading as long as its replies are not taken. For the client's own thread, but for {@link #wake} and
 * {@link #end}.
 */
final class Line implements AutoCloseable {
    private static final int LONGEST_REQUEST = 16 + Frame.MAX_REQUEST;

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final Outbox outbox;
    private final Watches watches;
    private final long number;
    private final ByteBuffer incoming = ByteBuffer.allocateDirect(1 << 16);
    private final ByteBuffer outgoing = ByteBuffer.allocateDirect(1 << 16);
    private final FrameDecoder decoder = new FrameDecoder();
    private final InFlight inFlight = new InFlight();
    private volatile boolean asleep;
    private volatile boolean ended;

    Line(SocketChannel channel, Outbox outbox, Watches watches, long number) throws IOException {
        this.channel = channel;
        this.outbox = outbox;
        this.watches = watches;
        this.number = number;
        this.selector = Selector.open();
        this.key = channel.register(selector, SelectionKey.OP_READ);
    }

    /** Works until it is ended; that the daemon went or talks nonsense is an exception. */
    void serve() throws IOException {
        while (!ended) {
            fill();
            write();
            await();
            if (key.isReadable() && !read()) {
                throw new IOException("the daemon closed it");
            }
        }
    }

    private void fill() {
        while (inFlight.hasRoom() && outgoing.remaining() >= LONGEST_REQUEST) {
            Request request = outbox.next();
            if (request == null) {
                return;
            }
            if (request.connection() == Request.ANY || request.connection() == number) {
                int id = inFlight.add(request);
                outgoing.put(new Frame(request.type().code(), id, request.transaction(), request.body()).encode());
            } else {
                request.taker().lost(new ConnectionException("the transaction ended with the connection it began on"));
            }
        }
    }

    private void write() throws IOException {
        if (outgoing.position() > 0) {
            try {
                channel.write(outgoing.flip());
            } catch (IOException e) {
                takeWhatCame();
                throw e;
            }
            outgoing.compact();
        }
    }

    /** Replies that were sent before the daemon went are still there, and tell what it did. */
    private void takeWhatCame() throws IOException {
        boolean more = true;
        while (more) {
            more = read() && incoming.position() > 0;
        }
    }

    /** Wakes up for something to read, for room to write where that is waited for, and for a new request. */
    private void await() throws IOException {
        key.interestOps(SelectionKey.OP_READ | (outgoing.position() > 0 ? SelectionKey.OP_WRITE : 0));
        asleep = true;
        boolean canSend = inFlight.hasRoom() && outgoing.remaining() >= LONGEST_REQUEST;
        if (ended || (canSend && !outbox.isEmpty())) {
            selector.selectNow();
        } else {
            selector.select();
        }
        asleep = false;
        selector.selectedKeys().clear();
    }

    /** False at the end of the stream. */
    private boolean read() throws IOException {
        int count = channel.read(incoming.clear());
        decoder.feed(incoming.flip());
        for (Optional<Frame> frame = decoder.next(); frame.isPresent(); frame = decoder.next()) {
            dispatch(frame.get());
        }
        return count >= 0;
    }

    private void dispatch(Frame frame) {
        if (frame.is(MessageType.WATCH_EVENT)) {
            watches.onEvent(frame);
            return;
        }
        Request request = inFlight.take(frame);
        if (request == null) {
            throw new ConnectionException("the daemon sent a message of type " + frame.type()
                    + " that answers nothing asked: check that the socket is xenstored's");
        }
        request.taker().take(frame);
    }

    void wake() {
        if (asleep) {
            wakeSelector();
        }
    }

    void end() {
        ended = true;
        wakeSelector();
    }

    private synchronized void wakeSelector() {
        if (selector.isOpen()) {
            selector.wakeup();
        }
    }

    long number() {
        return number;
    }

    void lose(ConnectionException why) {
        inFlight.lose(why);
    }

    @Override
    public synchronized void close() {
        try (selector) {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the connection to xenstored", e);
        }
    }
}
