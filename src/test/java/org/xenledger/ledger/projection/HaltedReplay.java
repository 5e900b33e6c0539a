// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.projection;

import org.xenledger.ledger.Ledgers;
import org.xenledger.ledger.OpenLedger;
import org.xenledger.ledger.StoreLocation;

/** Replays, and halts the JVM when the events of a batch are applied and not yet committed. */
final class HaltedReplay {
    static final int STATUS = 9;

    private HaltedReplay() {}

    public static void main(String[] arguments) {
        OpenLedger ledger = new OpenLedger(Ledgers.open(StoreLocation.parse(arguments[0])), Ledgers.CLOCK);
        long haltAt = Long.parseLong(arguments[2]);
        new Replay(ledger, Integer.parseInt(arguments[1])).rebuild((done, total) -> {
            if (done >= haltAt) {
                Runtime.getRuntime().halt(STATUS);
            }
        });
    }
}
