// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.MessageType;
import org.xenledger.xenstore.wire.XenstoreException;

/**
 * Many requests at once, in which replies lead to further requests. The newest goes first, so that what waits stays few
 * while a tree is walked.
 *
 * <p>Replies are taken on the client's own thread, one at a time, and must not block. When the connection is lost, all is.
 */
public final class Pipeline implements AutoCloseable {
    private final Outbox outbox;
    private final Deque<Request> waiting = new ArrayDeque<>();
    private int inFlight;
    private RuntimeException failure;
    private boolean closed;

    Pipeline(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Queues a request made of NUL-terminated strings; its reply may be an {@link MessageType#ERROR}. */
    public void ask(MessageType type, Consumer<Frame> onReply, String... strings) {
        String body = Request.strings(strings);
        if (body.length() > Frame.MAX_REQUEST) {
            throw new IllegalArgumentException("a request of " + body.length() + " bytes");
        }
        synchronized (this) {
            waiting.push(new Request(type, 0, Request.ANY, body, new Asked(onReply)));
        }
        outbox.wake();
    }

    /**
     * Waits until every request, also those that replies lead to, is answered; false when time ran out first, and then
     * no reply is taken any more. A failure of the connection, or of what took a reply, is thrown.
     */
    public synchronized boolean drain(Deadline deadline) {
        while (failure == null && !closed && (!waiting.isEmpty() || inFlight > 0)) {
            if (deadline.passed()) {
                end();
                return false;
            }
            try {
                TimeUnit.MILLISECONDS.timedWait(this, deadline.millisLeft());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new XenstoreException("interrupted while waiting for xenstored", e);
            }
        }
        if (failure != null) {
            throw failure;
        }
        return true;
    }

    synchronized Request next() {
        Request request = waiting.poll();
        if (request != null) {
            inFlight++;
        }
        return request;
    }

    synchronized boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    synchronized void lost(ConnectionException why) {
        fail(why);
    }

    private void fail(RuntimeException why) {
        if (failure == null) {
            failure = why;
        }
        end();
    }

    private void end() {
        closed = true;
        waiting.clear();
        notifyAll();
    }

    @Override
    public synchronized void close() {
        end();
        outbox.remove(this);
    }

    private final class Asked implements Request.Taker {
        private final Consumer<Frame> onReply;

        Asked(Consumer<Frame> onReply) {
            this.onReply = onReply;
        }

        @Override
        public void take(Frame reply) {
            synchronized (Pipeline.this) {
                inFlight--;
                if (closed) {
                    return;
                }
                try {
                    onReply.accept(reply);
                } catch (RuntimeException e) {
                    fail(e);
                }
                if (inFlight == 0 && waiting.isEmpty()) {
                    Pipeline.this.notifyAll();
                }
            }
        }

        @Override
        public void lost(ConnectionException why) {
            Pipeline.this.lost(why);
        }
    }
}
