// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * What is to be sent: single requests of any thread, of which only so many may wait, and those of pipelines, which hold
 * theirs until there is room. They take turns, so that a long read delays nobody by more than what is in flight.
 */
final class Outbox {
    private static final int MOST_WAITING = 1024;

    private final Deque<Request> first = new ArrayDeque<>();
    private final BlockingQueue<Request> singles = new ArrayBlockingQueue<>(MOST_WAITING);
    /** Never changed, only replaced: a look at it holds while others open and close theirs. */
    private volatile List<Pipeline> pipelines = List.of();

    private final LongAdder taken = new LongAdder();
    private int turn;
    private volatile Runnable waker = () -> {};
    /** Why nothing will be sent any more; null while something may. */
    private volatile ConnectionException end;

    /** Waits for room; false when time ran out first. */
    boolean put(Request request, Deadline deadline) throws InterruptedException {
        boolean put = singles.offer(request, deadline.millisLeft(), TimeUnit.MILLISECONDS);
        waker.run();
        failWhereEnded();
        return put;
    }

    void add(Pipeline pipeline) {
        synchronized (this) {
            pipelines = Stream.concat(pipelines.stream(), Stream.of(pipeline)).toList();
        }
        waker.run();
        failWhereEnded();
    }

    synchronized void remove(Pipeline pipeline) {
        pipelines = pipelines.stream().filter(other -> other != pipeline).toList();
    }

    /** Tells the sender that there may be something to send. */
    void wake() {
        waker.run();
    }

    void onWake(Runnable task) {
        waker = task;
    }

    /** Goes before everything that waits. For the client's own thread, as are those below. */
    void putFirst(Request request) {
        first.add(request);
    }

    /** Null while there is nothing. */
    Request next() {
        Request request = first.poll();
        List<Pipeline> all = pipelines;
        for (int tries = all.size(); request == null && tries >= 0; tries--) {
            turn = (turn + 1) % (all.size() + 1);
            request = turn == 0 ? nextSingle() : all.get(turn - 1).next();
        }
        if (request != null) {
            taken.increment();
        }
        return request;
    }

    /** How many requests were taken out to be sent. */
    long taken() {
        return taken.sum();
    }

    private Request nextSingle() {
        Request request = singles.poll();
        while (request != null && request.taker().withdrawn()) {
            request = singles.poll();
        }
        return request;
    }

    boolean isEmpty() {
        return first.isEmpty() && singles.isEmpty() && pipelines.stream().noneMatch(Pipeline::hasWaiting);
    }

    /** What pipelines still have to ask builds on replies that are lost; a single request that was not sent can wait. */
    void connectionLost(ConnectionException why) {
        first.clear();
        pipelines.forEach(pipeline -> pipeline.lost(why));
    }

    /** Nothing will be sent any more: what waits fails, and all that comes later does at once. */
    void end(ConnectionException why) {
        end = why;
        failWhereEnded();
    }

    private void failWhereEnded() {
        ConnectionException why = end;
        if (why != null) {
            pipelines.forEach(pipeline -> pipeline.lost(why));
            for (Request request = singles.poll(); request != null; request = singles.poll()) {
                request.taker().lost(why);
            }
        }
    }
}
