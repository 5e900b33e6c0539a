// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.client;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.MessageType;
import org.xenledger.xenstore.wire.XenstoreException;

/** The client's own thread: it keeps a connection, and makes a new one after a loss for as long as it takes. */
final class Exchange {
    private static final long FIRST_PAUSE_MILLIS = 5;
    private static final Duration SHORT_LIFE = Duration.ofSeconds(1);
    private static final long LONGEST_PAUSE_MILLIS = 500;

    private final Path socket;
    private final Duration patience;
    private final Outbox outbox = new Outbox();
    private final Watches watches = new Watches();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "xenstore");
    private volatile Line line;
    private long pauseMillis = FIRST_PAUSE_MILLIS;

    /** Connects, or throws; later losses are its own business. */
    Exchange(Path socket, Duration patience) {
        this.socket = socket;
        this.patience = patience;
        this.line = lineOn(Dialer.dial(socket, patience), 1);
        outbox.onWake(() -> line.wake());
        thread.setDaemon(true);
        thread.start();
    }

    Outbox outbox() {
        return outbox;
    }

    Watches watches() {
        return watches;
    }

    long sent() {
        return outbox.taken();
    }

    /** The number of the connection that is, or was the last; only the client's own thread gets one it can rely on. */
    long connection() {
        return line.number();
    }

    /**
     * Sends a request and waits for its reply, which may be an error.
     *
     * @param onSuccess on the client's own thread, before what the daemon sends next is looked at
     */
    Call.Answer ask(MessageType type, int transaction, long connection, String body, Runnable onSuccess) {
        if (Thread.currentThread() == thread) {
            throw new IllegalStateException("this thread brings the replies and cannot wait for one");
        }
        Deadline deadline = Deadline.in(patience);
        Call call = new Call(this::connection, onSuccess, late -> undo(type, body, late));
        if (!put(new Request(type, transaction, connection, checked(type, body), call), deadline)) {
            throw new ConnectionException("too many requests wait for xenstored: check that it is not stopped");
        }
        return call.await(deadline, patience);
    }

    /** Sends a request for whose outcome nobody waits, if there is room for it in time. */
    void tell(MessageType type, String body) {
        put(new Request(type, 0, Request.ANY, body, unawaited()), Deadline.in(patience));
    }

    private Call unawaited() {
        return new Call(this::connection, () -> {}, reply -> {});
    }

    /** Ends what a late reply says has begun: its caller gave up and does not know of it. */
    private void undo(MessageType type, String body, Frame late) {
        if (type == MessageType.WATCH) {
            outbox.putFirst(new Request(MessageType.UNWATCH, 0, connection(), body, unawaited()));
        } else if (type == MessageType.TRANSACTION_START) {
            String abort = Request.strings("F");
            int id = Transaction.number(late);
            outbox.putFirst(new Request(MessageType.TRANSACTION_END, id, connection(), abort, unawaited()));
        }
    }

    private boolean put(Request request, Deadline deadline) {
        try {
            return outbox.put(request, deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new XenstoreException("interrupted while waiting for xenstored", e);
        }
    }

    /** libxenstore refuses the same with the same error; the C daemon would end the connection, oxenstored go silent. */
    private static String checked(MessageType type, String body) {
        if (body.length() > Frame.MAX_REQUEST) {
            throw new RefusedException(type, "", "E2BIG");
        }
        if (body.chars().anyMatch(c -> c > 0xff)) {
            throw new IllegalArgumentException("a value holds one character for each byte");
        }
        return body;
    }

    private void run() {
        ConnectionException end = closed();
        try {
            keepConnected();
        } catch (RuntimeException | Error e) {
            end = new ConnectionException("what talks to xenstored ended (" + e + "): start the program again", e);
        }
        // whatever ended it: nobody may wait for this thread any more
        outbox.end(end);
        line.lose(end);
        try {
            watches.connectionLost();
        } finally {
            line.close();
        }
    }

    private void keepConnected() {
        while (closing.getCount() > 0) {
            Deadline shortLife = Deadline.in(SHORT_LIFE);
            ConnectionException why = serve();
            watches.connectionLost();
            outbox.connectionLost(why);
            line.lose(why);
            if (shortLife.passed()) {
                pauseMillis = FIRST_PAUSE_MILLIS;
            }
            reconnect();
        }
    }

    private ConnectionException serve() {
        try (Line current = line) {
            current.serve();
            return closed();
        } catch (IOException | RuntimeException e) {
            return new ConnectionException(
                    "lost the connection to xenstored at " + socket + " (" + e.getMessage()
                            + "): check that it still runs",
                    e);
        }
    }

    /** Each try waits longer, also after a daemon that takes connections only to end them. */
    private void reconnect() {
        while (!closes(pauseMillis)) {
            pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
            try {
                line = lineOn(Dialer.dial(socket, Duration.ZERO), line.number() + 1);
                watches.restore(outbox);
                return;
            } catch (ConnectionException e) {
                // it is not there yet: whoever asks meanwhile waits for it, or gives up
            }
        }
    }

    private boolean closes(long millis) {
        try {
            return closing.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // nobody but close() ends this thread
            return false;
        }
    }

    private Line lineOn(SocketChannel channel, long number) {
        try {
            return new Line(channel, outbox, watches, number);
        } catch (IOException e) {
            ConnectionException failure =
                    new ConnectionException("cannot use the connection to xenstored at " + socket, e);
            try {
                channel.close();
            } catch (IOException another) {
                failure.addSuppressed(another);
            }
            throw failure;
        }
    }

    private static ConnectionException closed() {
        return new ConnectionException("the connection to xenstored is closed");
    }

    void close() {
        closing.countDown();
        line.end();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
