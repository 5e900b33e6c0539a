// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.xenledger.ledger.Ledger;

/**
 * An open ledger that is closed before a signal ends the process (SIGTERM, SIGINT, SIGHUP), so that the next writer finds
 * a store that was stopped in order. Of SIGKILL nobody hears: after that the next writer checks the store.
 */
public final class ClosedBySignal implements AutoCloseable {
    private final Ledger ledger;
    private final List<Thread> hooks;

    public ClosedBySignal(Ledger ledger) {
        this(ledger, () -> {});
    }

    /** @param also what else is done when a signal comes, on a thread of its own */
    public ClosedBySignal(Ledger ledger, Runnable also) {
        this.ledger = ledger;
        this.hooks = List.of(ledger.shutdownHook(), new Thread(also, "signal"));
        hooks.forEach(Runtime.getRuntime()::addShutdownHook);
    }

    public Ledger ledger() {
        return ledger;
    }

    /**
     * Closes the ledger, and forgets it only then. When a signal has come it does not return, for the process ends: what
     * failed under way failed because of it, and is not to be told.
     */
    @Override
    public void close() {
        ledger.close();
        try {
            hooks.forEach(Runtime.getRuntime()::removeShutdownHook);
        } catch (IllegalStateException ending) {
            standStill();
        }
    }

    private static void standStill() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
