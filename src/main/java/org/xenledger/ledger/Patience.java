// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import java.time.Duration;

/** How long somebody waits for a store that others use. */
final class Patience {
    private static final long PAUSE_MILLIS = 100;

    private final StoreLocation location;
    private final long deadline;

    Patience(StoreLocation location, Duration patience) {
        this.location = location;
        this.deadline = System.nanoTime() + patience.toNanos();
    }

    /**
     * Waits a little.
     *
     * @param cause what kept us from it; may be null
     * @throws LedgerException when that was long enough: who has it
     */
    void pause(Exception cause) {
        if (System.nanoTime() - deadline >= 0) {
            throw new LedgerException(inUse(), cause);
        }
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LedgerException("waiting for the ledger was interrupted", e);
        }
    }

    private String inUse() {
        String holder = location.holderFile()
                .flatMap(Holder::read)
                .filter(Holder::alive)
                .map(Holder::toString)
                .orElse("a process that reads it");
        return "the ledger at " + location + " is in use by " + holder + ": try again when that has ended";
    }
}
