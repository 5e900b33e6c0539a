// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.xenledger.ledger.LedgerException;
import org.xenledger.ledger.Ledgers;
import org.xenledger.ledger.NewEvent;
import org.xenledger.ledger.OpenLedger;
import org.xenledger.ledger.Progress;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.StoreLocation;

class ReplayTest {
    private static final List<NewEvent> EVENTS = Histories.interleaved(7, 5, 300);

    private final StoreLocation location = Ledgers.inMemory();

    @Property(tries = 25)
    void whateverTheBatchesAndTheRestartsTheProjectionsAreTheFold(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 6) int streams,
            @ForAll @IntRange(min = 1, max = 40) int batch,
            @ForAll @IntRange(min = 1, max = 60) int run) {
        List<NewEvent> events = Histories.interleaved(seed, streams, 120);
        StoreLocation here = Ledgers.inMemory();
        for (int from = 0; from < events.size(); from += run) {
            int to = Math.min(from + run, events.size());
            Store store = Ledgers.open(here);
            try (OpenLedger ledger = new OpenLedger(store, Ledgers.CLOCK)) {
                Histories.append(ledger, events.subList(from, to));
                new Replay(ledger, batch).catchUp(Progress.NONE);
                Tables.agree(store, events.subList(0, to));
                assertThat(ledger.reader().states()).isEqualTo(Histories.fold(events.subList(0, to)));
            }
        }
        Store store = Ledgers.open(here);
        try (OpenLedger ledger = new OpenLedger(store, Ledgers.CLOCK)) {
            new Replay(ledger, batch).rebuild(Progress.NONE);
            Tables.agree(store, events);
            Histories.fold(events)
                    .forEach((stream, state) ->
                            assertThat(ledger.reader().state(stream)).isEqualTo(state));
        }
    }

    @Example
    void moreStreamsThanFitInMemoryComeOutRight() {
        List<NewEvent> events = Histories.interleaved(11, 40, 400);
        Store store = Ledgers.open(location);
        try (OpenLedger ledger = new OpenLedger(store, Ledgers.CLOCK)) {
            Histories.append(ledger, events);
            Projections projections = new Projections(ledger.reader(), 3);
            for (int i = 0; i < events.size(); i++) {
                NewEvent added = events.get(i);
                long position = i + 1L;
                boolean last = position == events.size();
                ledger.transactions().write(connection -> {
                    projections.apply(connection, position, added.stream().value(), added.sequence(), added.event());
                    if (projections.full() || last) {
                        projections.write(connection);
                        ProjectionToken.write(connection, position);
                    }
                    return null;
                });
            }
            Tables.agree(store, events);
        }
    }

    @Example
    void replayResetsWhatWasTamperedWithAndTouchesNoEvent() {
        Store store = Ledgers.open(location);
        try (OpenLedger ledger = new OpenLedger(store, Ledgers.CLOCK)) {
            Histories.append(ledger, EVENTS);
            new Replay(ledger).catchUp(Progress.NONE);
            List<String> before = eventsAndSeals(store);
            for (String tampering : List.of(
                    "UPDATE configuration SET name = 'evil', running = NOT running",
                    "UPDATE configuration SET state = (SELECT MAX(state) FROM configuration)",
                    "UPDATE configuration SET version = version + 1",
                    "INSERT INTO configuration SELECT 'host:no', host, domid, name, running, 0, 1, state"
                            + " FROM configuration FETCH FIRST ROW ONLY",
                    "DELETE FROM configuration",
                    "UPDATE operation SET outcome = 'OPEN', reason = 'evil'",
                    "INSERT INTO operation SELECT 'evil', stream, device, direction, origin, actor, outcome, step,"
                            + " started_at, ended_at, reason, position FROM operation FETCH FIRST ROW ONLY",
                    "DELETE FROM operation",
                    "DELETE FROM token",
                    "UPDATE token SET token = STRINGTOUTF8('{\"globalIndex\":1}')")) {
                Ledgers.execute(store, tampering);
                assertThatThrownBy(() -> Tables.agree(store, EVENTS))
                        .as(tampering)
                        .isInstanceOf(AssertionError.class);
                new Replay(ledger).rebuild(Progress.NONE);
                Tables.agree(store, EVENTS);
            }
            assertThat(eventsAndSeals(store)).isEqualTo(before);
            assertThat(Ledgers.checkChains(store)).isEqualTo(EVENTS.size());
        }
    }

    @Example
    void catchingUpMakesGoodWhatDoesNotFitTogether() {
        Store store = Ledgers.open(location);
        try (OpenLedger ledger = new OpenLedger(store, Ledgers.CLOCK)) {
            Histories.append(ledger, EVENTS);
            for (String damage : List.of(
                    "DELETE FROM configuration",
                    "DELETE FROM configuration WHERE stream = '" + Ledgers.stream(1) + "'",
                    "UPDATE configuration SET state = X'007F'",
                    "UPDATE configuration SET position = position + 1000",
                    "DELETE FROM token")) {
                new Replay(ledger).catchUp(Progress.NONE);
                Ledgers.execute(store, damage);
                new Replay(ledger).catchUp(Progress.NONE);
                Tables.agree(store, EVENTS);
            }
        }
    }

    @Example
    void catchingUpWithNothingNewWritesNothing() {
        List<String> forced = new ArrayList<>();
        Store store = Ledgers.open(location);
        try (OpenLedger ledger = Ledgers.over(store, () -> forced.add("sync"))) {
            Histories.append(ledger, EVENTS);
            new Replay(ledger).catchUp(Progress.NONE);
            forced.clear();
            new Replay(ledger).catchUp(Progress.NONE);
            assertThat(forced).isEmpty();
        }
    }

    @Example
    void theWatcherIsToldHowFarItIs() {
        Store store = Ledgers.open(location);
        try (OpenLedger ledger = new OpenLedger(store, Ledgers.CLOCK)) {
            Histories.append(ledger, EVENTS);
            List<Long> told = new ArrayList<>();
            new Replay(ledger, 70).rebuild((done, total) -> {
                assertThat(total).isEqualTo(EVENTS.size());
                told.add(done);
            });
            assertThat(told).containsExactly(70L, 140L, 210L, 280L, 300L);
        }
    }

    @Example
    void aHoleInTheEventsIsNotReplayedOver() {
        Store store = Ledgers.open(location);
        try (OpenLedger ledger = new OpenLedger(store, Ledgers.CLOCK)) {
            Histories.append(ledger, EVENTS);
            Ledgers.execute(store, "DELETE FROM event WHERE global_index > 290");
            assertThatThrownBy(() -> new Replay(ledger).rebuild(Progress.NONE))
                    .isInstanceOf(LedgerException.class)
                    .hasMessage("events are missing from the ledger after 290: run `xenledger verify`");
        }
    }

    private static List<String> eventsAndSeals(Store store) {
        List<String> rows = new ArrayList<>();
        rows.addAll(Tables.rows(store, "SELECT * FROM event ORDER BY global_index"));
        rows.addAll(Tables.rows(store, "SELECT * FROM seal ORDER BY number"));
        return rows;
    }
}
