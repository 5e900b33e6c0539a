// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.axon;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenledger.ledger.Child;
import org.xenledger.ledger.LedgerReader;
import org.xenledger.ledger.Ledgers;
import org.xenledger.ledger.OpenLedger;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.StoreLocation;

class CrashTest {
    private static final int ROUNDS = 20;

    @TempDir
    Path temp;

    @Test
    void noAcknowledgedEventIsLostWhenTheProcessIsHalted() throws Exception {
        StoreLocation location = StoreLocation.ofDirectory(temp.resolve("store"));
        long acknowledged = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long before = acknowledged;
            try (Child child = Child.start(AppendUntilHalted.class, location.toString(), Integer.toString(round))) {
                for (String line : child.lines()) {
                    acknowledged = Math.max(acknowledged, Long.parseLong(line));
                }
                assertThat(child.exitStatus()).isEqualTo(AppendUntilHalted.STATUS);
            }
            assertThat(acknowledged).as("round %d appended", round).isGreaterThan(before);
            try (Store store = Store.openForReading(location, Store.PATIENCE)) {
                assertThat(new LedgerReader(store).head()).isGreaterThanOrEqualTo(acknowledged);
            }
        }
        Store store = Ledgers.open(location);
        try (OpenLedger ledger = new OpenLedger(store, Ledgers.CLOCK)) {
            assertThat(store.stoppedUncleanly()).isTrue();
            assertThat(Ledgers.checkChains(store)).isEqualTo(ledger.durablePosition());
        }
    }
}
