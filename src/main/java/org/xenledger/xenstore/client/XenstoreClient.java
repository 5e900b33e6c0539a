// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.client;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.MessageType;
import org.xenledger.xenstore.wire.XenstoreException;

/**
 * A client of xenstored or oxenstored, for any number of threads on one connection: the C daemon slows down with each
 * connection. At most 64 requests are in flight, and 1024 wait; then callers wait for room.
 *
 * <p>After a loss of the connection it makes a new one, for as long as it takes, with the same watches. What was in
 * flight fails with a {@link ConnectionException}; nothing is sent twice. What was not sent waits for the new connection.
 * Each call waits as long as the client's patience, and is then a {@link ConnectionException}; if it was not sent by
 * then, it never is.
 */
public final class XenstoreClient extends Nodes implements AutoCloseable {
    /** How long a reply may take where nothing else is said. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int MOST_TRIES = 30;
    /** A transaction sees each node as it was at its first access; the C daemon says this where two do not fit together. */
    private static final String TORN = "EIO";

    private static final long LONGEST_PAUSE_NANOS = 64_000_000;

    private final Exchange exchange;
    private final ExecutorService handlers = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            XenstoreClient::handlerThread,
            new ThreadPoolExecutor.DiscardPolicy());

    private XenstoreClient(Exchange exchange) {
        this.exchange = exchange;
    }

    private static Thread handlerThread(Runnable task) {
        Thread thread = new Thread(task, "xenstore-watch");
        thread.setDaemon(true);
        return thread;
    }

    public static XenstoreClient open(Path socket) {
        return open(socket, PATIENCE);
    }

    /** Connects, or throws a {@link ConnectionException} within seconds. */
    public static XenstoreClient open(Path socket, Duration patience) {
        return new XenstoreClient(new Exchange(socket, patience));
    }

    @Override
    Frame request(MessageType type, String body) {
        return exchange.ask(type, 0, Request.ANY, body, () -> {}).frame();
    }

    /**
     * Does something within a transaction, again and again until nobody interferes. When the work throws, nothing of it
     * is done. After {@value #MOST_TRIES} tries it is refused, mostly with EAGAIN. When the connection is lost, nothing is done
     * unless the commit was already on its way.
     *
     * @param work may be run several times; must ask through the transaction that it is given
     */
    public <T> T transaction(Function<Transaction, T> work) {
        RefusedException refusal = new RefusedException(MessageType.TRANSACTION_END, "", "EAGAIN");
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Transaction transaction = begin();
            try {
                T result = apply(work, transaction);
                if (transaction.commit()) {
                    return result;
                }
            } catch (RefusedException e) {
                if (!e.is(TORN)) {
                    throw e;
                }
                refusal = e;
            }
            long most = Math.min(LONGEST_PAUSE_NANOS, 1_000_000L << Math.min(tries, 6));
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(most));
        }
        throw refusal;
    }

    Transaction begin() {
        return Transaction.start(exchange);
    }

    private static <T> T apply(Function<Transaction, T> work, Transaction transaction) {
        try {
            return work.apply(transaction);
        } catch (RuntimeException | Error failure) {
            try {
                transaction.abort();
            } catch (XenstoreException e) {
                failure.addSuppressed(e);
            }
            throw failure;
        }
    }

    /**
     * Watches a path and all below it, or {@code @introduceDomain} or {@code @releaseDomain}. The handler is called soon
     * after, as if that path had changed, and then for changes.
     */
    public Watch watch(String path, WatchHandler handler) {
        Watch watch = new Watch(handler, handlers);
        watch.registeredAs(listen(path, watch.sink()));
        return watch;
    }

    /** Watches as {@link #watch}, on the client's own thread. To be closed, which ends the watch. */
    public Listening listen(String path, WatchSink sink) {
        Watches watches = exchange.watches();
        Watches.Entry entry = watches.add(path, sink);
        try {
            Call.Answer answer =
                    exchange.ask(MessageType.WATCH, 0, Request.ANY, entry.body(), () -> entry.registered = true);
            accepted(MessageType.WATCH, path, answer.frame());
        } catch (RuntimeException e) {
            watches.remove(entry);
            throw e;
        }
        return () -> unlisten(entry);
    }

    /** What the daemon answers is of no use to anybody: a watch that it does not know is ended, too. */
    private void unlisten(Watches.Entry entry) {
        exchange.watches().remove(entry);
        exchange.tell(MessageType.UNWATCH, entry.body());
    }

    /** A watch that can be ended. */
    public interface Listening extends AutoCloseable {
        /** Ends it, without waiting for the daemon: the sink is told of nothing that comes after this. */
        @Override
        void close();
    }

    /** Ends all watches and all open transactions of this client. */
    public void resetWatches() {
        exchange.watches().clear();
        ask(MessageType.RESET_WATCHES, "");
    }

    /** How many requests it has sent. */
    public long requests() {
        return exchange.sent();
    }

    /** Many requests at once; to be closed. */
    public Pipeline pipeline() {
        Pipeline pipeline = new Pipeline(exchange.outbox());
        exchange.outbox().add(pipeline);
        return pipeline;
    }

    /** The path of a domain's own nodes, whether or not it exists. */
    public String domainPath(int domid) {
        return one(ask(MessageType.GET_DOMAIN_PATH, Integer.toString(domid)));
    }

    public boolean isIntroduced(int domid) {
        return one(ask(MessageType.IS_DOMAIN_INTRODUCED, Integer.toString(domid)))
                .equals("T");
    }

    /**
     * Tells the daemon of a domain, so that it serves it.
     *
     * @param frame the guest frame of its ring page
     * @param port the event channel of its ring
     */
    public void introduce(int domid, long frame, int port) {
        ask(MessageType.INTRODUCE, Integer.toString(domid), Long.toString(frame), Integer.toString(port));
    }

    /** Ends the daemon's service for a domain. */
    public void release(int domid) {
        ask(MessageType.RELEASE, Integer.toString(domid));
    }

    private static String one(Frame reply) {
        return reply.strings().stream()
                .findFirst()
                .orElseThrow(() -> new ConnectionException(
                        "the daemon sent an answer of another form: check that the socket is xenstored's"));
    }

    /** Ends the connection; what waits for a reply fails. */
    @Override
    public void close() {
        exchange.close();
        handlers.shutdownNow();
    }
}
