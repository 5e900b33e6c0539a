// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.MessageType;
import org.xenledger.xenstore.wire.XenstoreException;

/** A request for whose reply a thread waits. */
final class Call implements Request.Taker {
    /** A reply, and the number of the connection that it came on. */
    record Answer(Frame frame, long connection) {}

    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private final LongSupplier connection;
    private final Runnable onSuccess;
    private final Consumer<Frame> onLate;

    /**
     * @param onSuccess on the client's own thread, before what the daemon sends next is looked at
     * @param onLate takes a reply that is no error and for which nobody waits any more, there too
     */
    Call(LongSupplier connection, Runnable onSuccess, Consumer<Frame> onLate) {
        this.connection = connection;
        this.onSuccess = onSuccess;
        this.onLate = onLate;
    }

    @Override
    public void take(Frame reply) {
        boolean success = !reply.is(MessageType.ERROR);
        if (success) {
            onSuccess.run();
        }
        boolean late = !answer.complete(new Answer(reply, connection.getAsLong()));
        if (late && success) {
            onLate.accept(reply);
        }
    }

    @Override
    public void lost(ConnectionException why) {
        answer.completeExceptionally(why);
    }

    @Override
    public boolean withdrawn() {
        return answer.isDone();
    }

    /** Waits; after the time given it gives up, and what was not sent by then never is. */
    Answer await(Deadline deadline, Duration patience) {
        try {
            return answer.get(deadline.millisLeft(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(false);
            throw new ConnectionException(
                    "xenstored gives no answer within " + patience.toMillis() + " ms: check that it is not stopped", e);
        } catch (InterruptedException e) {
            answer.cancel(false);
            Thread.currentThread().interrupt();
            throw new XenstoreException("interrupted while waiting for xenstored", e);
        } catch (ExecutionException e) {
            // a new one, for this thread's trace
            throw new ConnectionException(e.getCause().getMessage(), e.getCause());
        }
    }
}
