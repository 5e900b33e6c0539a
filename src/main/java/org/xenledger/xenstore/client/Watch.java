// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.client;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * A watch whose events wait for its handler, each path once and only so many of them: a slow handler delays nobody else.
 */
public final class Watch implements AutoCloseable {
    private static final int MOST_PATHS = 1000;

    private final WatchHandler handler;
    private final Executor executor;
    private XenstoreClient.Listening listening;
    private Set<String> paths = new LinkedHashSet<>();
    private boolean missed;
    private boolean scheduled;
    private boolean closed;

    Watch(WatchHandler handler, Executor executor) {
        this.handler = handler;
        this.executor = executor;
    }

    WatchSink sink() {
        return new WatchSink() {
            @Override
            public void changed(String path) {
                add(path);
            }

            @Override
            public void lost() {
                // told when it can be acted on
            }

            @Override
            public void restored() {
                miss();
            }
        };
    }

    void registeredAs(XenstoreClient.Listening its) {
        listening = its;
    }

    private synchronized void add(String path) {
        paths.add(path);
        if (paths.size() > MOST_PATHS) {
            paths.clear();
            missed = true;
        }
        schedule();
    }

    private synchronized void miss() {
        missed = true;
        schedule();
    }

    private void schedule() {
        if (!scheduled && !closed) {
            scheduled = true;
            executor.execute(this::handleBatch);
        }
    }

    private void handleBatch() {
        Set<String> batch;
        boolean some;
        synchronized (this) {
            batch = paths;
            some = missed;
            paths = new LinkedHashSet<>();
            missed = false;
        }
        boolean failed = true;
        try {
            handler.changed(batch, some);
            failed = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            handled(failed);
        }
    }

    private synchronized void handled(boolean failed) {
        scheduled = false;
        if (missed || !paths.isEmpty()) {
            schedule();
        }
        // told with the next event, but no reason for a call: one that always fails would be called without end
        missed |= failed;
    }

    /** Ends it; a call of the handler that has begun goes on. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        listening.close();
    }
}
