// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.axon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xenledger.domain.AnyEvents;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.command.DomainCommand;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.domain.event.RecordedEvent;
import org.xenledger.domain.state.DomainState;
import org.xenledger.domain.state.Evolution;
import org.xenledger.ledger.HistoryFilter;
import org.xenledger.ledger.Ledger;
import org.xenledger.ledger.LedgerReader;
import org.xenledger.ledger.Ledgers;
import org.xenledger.ledger.Ledgers.Append;
import org.xenledger.ledger.Snapshots;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.StoreLocation;

/** Whoever folds, from wherever: aggregate, reader, with snapshots and without, the state is the same. */
class OneFoldTest {
    private static final StreamId STREAM = Ledgers.stream(1);
    private static final int LENGTH = 3 * Snapshots.EVERY + 37;
    private static final List<DomainEvent> HISTORY = AnyEvents.history(42, LENGTH);

    private final StoreLocation location = Ledgers.inMemory();

    @Test
    void everyWayToAStateLeadsToTheSame() throws Exception {
        for (int from = 0; from < LENGTH; from += 91) {
            int to = Math.min(from + 91, LENGTH);
            try (Ledger ledger = AxonLedger.open(Ledgers.open(location), Ledgers.CLOCK)) {
                assertThat(stateOfAggregate(ledger)).isEqualTo(folded(from));
                for (int i = from; i < to; i += 7) {
                    ledger.handle(new Append(STREAM, HISTORY.subList(i, Math.min(i + 7, to))));
                }
                assertThat(stateOfAggregate(ledger)).isEqualTo(folded(to));
                assertThat(ledger.reader().state(STREAM)).isEqualTo(folded(to));
            }
        }
        try (Store store = Ledgers.open(location)) {
            assertThat(Ledgers.count(store, "snapshot")).isEqualTo(3);
            readsEveryPlace(new LedgerReader(store));
            Ledgers.execute(store, "UPDATE snapshot SET state = X'00' WHERE sequence > 200");
            readsEveryPlace(new LedgerReader(store));
            Ledgers.execute(store, "DELETE FROM snapshot");
            readsEveryPlace(new LedgerReader(store));
        }
        try (Ledger ledger = AxonLedger.open(Ledgers.open(location), Ledgers.CLOCK)) {
            assertThat(stateOfAggregate(ledger)).isEqualTo(folded(LENGTH));
        }
    }

    @Test
    void aMomentIsTheStateAfterTheLastEventNotLaterThanIt() {
        try (Ledger ledger = AxonLedger.open(Ledgers.open(location), Ledgers.CLOCK)) {
            ledger.handle(new Append(STREAM, HISTORY.subList(0, 50)));
            LedgerReader reader = ledger.reader();
            for (int i = 0; i < 50; i++) {
                Instant at = HISTORY.get(i).by().at();
                assertThat(reader.stateAt(STREAM, at)).isEqualTo(folded(i + 1));
                assertThat(reader.stateAt(STREAM, at.minusNanos(1))).isEqualTo(folded(i));
            }
        }
    }

    @Test
    void historiesAreFiltered() {
        try (Ledger ledger = AxonLedger.open(Ledgers.open(location), Ledgers.CLOCK)) {
            List<RecordedEvent> all = ledger.handle(new Append(STREAM, HISTORY.subList(0, 200)));
            ledger.handle(new Append(Ledgers.stream(2), HISTORY.subList(0, 10)));
            LedgerReader reader = ledger.reader();
            assertThat(reader.events(STREAM, HistoryFilter.ALL)).isEqualTo(all);
            assertThat(reader.events(STREAM, new HistoryFilter(null, null, "root", null, null)))
                    .isNotEmpty()
                    .isEqualTo(all.stream()
                            .filter(event -> event.event().by().actor().equals("root"))
                            .toList());
            Instant since = HISTORY.get(20).by().at();
            Instant until = HISTORY.get(29).by().at();
            assertThat(reader.events(STREAM, new HistoryFilter(null, null, null, since, until)))
                    .isEqualTo(all.subList(20, 30));
        }
    }

    private static void readsEveryPlace(LedgerReader reader) {
        DomainState state = DomainState.unknown(STREAM);
        for (int i = 0; i < LENGTH; i++) {
            state = Evolution.evolve(state, HISTORY.get(i));
            assertThat(reader.stateAt(STREAM, i + 1L)).isEqualTo(state);
        }
    }

    private static DomainState folded(int count) {
        return Ledgers.fold(STREAM, HISTORY.subList(0, count));
    }

    private static DomainState stateOfAggregate(Ledger ledger) {
        List<DomainState> seen = new ArrayList<>();
        ledger.handle(new DomainCommand() {
            @Override
            public StreamId stream() {
                return STREAM;
            }

            @Override
            public List<DomainEvent> decide(DomainState state) {
                seen.add(state);
                return List.of();
            }
        });
        return seen.get(0);
    }
}
