// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenledger.ledger.Child;
import org.xenledger.ledger.LedgerException;
import org.xenledger.ledger.LedgerReader;
import org.xenledger.ledger.Ledgers;
import org.xenledger.ledger.NewEvent;
import org.xenledger.ledger.OpenLedger;
import org.xenledger.ledger.Progress;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.StoreLocation;

/** A replay that ends in the middle leaves less than the whole, says so, and never more or something else. */
class InterruptedReplayTest {
    private static final List<NewEvent> EVENTS = Histories.interleaved(7, 5, 300);
    private static final int BATCH = 40;

    @Test
    void aFailureInTheMiddleOfABatchUndoesTheWholeBatch() {
        Store store = Ledgers.open(Ledgers.inMemory());
        try (OpenLedger ledger = new OpenLedger(store, Ledgers.CLOCK)) {
            Histories.append(ledger, EVENTS);
            Ledgers.execute(store, "ALTER TABLE operation ADD CONSTRAINT full_disk CHECK (position <= 150)");
            assertThatThrownBy(() -> new Replay(ledger, BATCH).rebuild(Progress.NONE))
                    .isInstanceOf(LedgerException.class);
            isHalfBuilt(store, ledger.reader(), 120);

            Ledgers.execute(store, "ALTER TABLE operation DROP CONSTRAINT full_disk");
            new Replay(ledger).catchUp(Progress.NONE);
            Tables.agree(store, EVENTS);
        }
    }

    @Test
    void aHaltedReplayLeavesRightRowsAndIsGoneOnWith(@TempDir Path temp) throws Exception {
        StoreLocation location = StoreLocation.ofDirectory(temp.resolve("store"));
        try (OpenLedger ledger = new OpenLedger(Ledgers.open(location), Ledgers.CLOCK)) {
            Histories.append(ledger, EVENTS);
            new Replay(ledger).catchUp(Progress.NONE);
        }
        for (int haltAt : List.of(BATCH, 3 * BATCH, EVENTS.size())) {
            try (Child child =
                    Child.start(HaltedReplay.class, location.toString(), "" + BATCH, Integer.toString(haltAt))) {
                assertThat(child.exitStatus()).isEqualTo(HaltedReplay.STATUS);
            }
            try (Store store = Store.openForReading(location, Store.PATIENCE)) {
                isHalfBuilt(store, new LedgerReader(store), (haltAt - 1) / BATCH * BATCH);
            }
            Store store = Ledgers.open(location);
            try (OpenLedger ledger = new OpenLedger(store, Ledgers.CLOCK)) {
                new Replay(ledger).catchUp(Progress.NONE);
                Tables.agree(store, EVENTS);
            }
        }
    }

    private static void isHalfBuilt(Store store, LedgerReader reader, int position) {
        assertThat(Tables.position(store)).isEqualTo(position);
        Tables.agree(store, EVENTS.subList(0, position));
        assertThat(reader.lag()).isEqualTo(EVENTS.size() - position);
        assertThat(reader.states()).isEqualTo(Histories.fold(EVENTS));
    }
}
