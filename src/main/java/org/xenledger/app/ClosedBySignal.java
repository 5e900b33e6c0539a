// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app;

import org.xenledger.ledger.Ledger;

/**
 * An open ledger that is closed before a signal ends the process (SIGTERM, SIGINT, SIGHUP), so that the next writer finds
 * a store that was stopped in order. Of SIGKILL nobody hears: after that the next writer checks the store.
 */
public final class ClosedBySignal implements AutoCloseable {
    private final Ledger ledger;
    private final Thread hook;

    public ClosedBySignal(Ledger ledger) {
        this.ledger = ledger;
        this.hook = ledger.shutdownHook();
        Runtime.getRuntime().addShutdownHook(hook);
    }

    public Ledger ledger() {
        return ledger;
    }

    /** Closes the ledger, and forgets it only then. */
    @Override
    public void close() {
        ledger.close();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // A signal has come meanwhile, and the hook found the ledger closed.
            return;
        }
    }
}
