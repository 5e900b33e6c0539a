// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.axon;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.serialization.json.JacksonSerializer;
import org.junit.jupiter.api.Test;
import org.xenledger.domain.command.DomainCommand;
import org.xenledger.ledger.Ledger;
import org.xenledger.ledger.Ledgers;
import org.xenledger.ledger.Ledgers.Append;
import org.xenledger.ledger.NewEvent;
import org.xenledger.ledger.OpenLedger;
import org.xenledger.ledger.Progress;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.StoreLocation;
import org.xenledger.ledger.projection.Histories;
import org.xenledger.ledger.projection.Replay;
import org.xenledger.ledger.projection.Tables;

class ProjectionProcessorTest {
    private static final List<NewEvent> EVENTS = Histories.interleaved(7, 5, 300);
    private static final Duration SOON = Duration.ofSeconds(20);

    private final StoreLocation location = Ledgers.inMemory();
    private Store store;

    @Test
    void theTokenOfAReplayIsTheProcessorsOwn() {
        store = Ledgers.open(location);
        try (OpenLedger parts = new OpenLedger(store, Ledgers.CLOCK)) {
            Histories.append(parts, EVENTS);
            new Replay(parts).rebuild(Progress.NONE);
            var due = JacksonSerializer.builder()
                    .build()
                    .serialize(new GlobalSequenceTrackingToken(EVENTS.size()), byte[].class);
            assertThat(Ledgers.count(
                            store,
                            "token WHERE processor_name = 'projections' AND token = STRINGTOUTF8('"
                                    + new String(due.getData(), US_ASCII) + "') AND token_type = '"
                                    + due.getType().getName() + "'"))
                    .isEqualTo(1);
        }
    }

    @Test
    void whatComesAfterAReplayReachesTheProjections() {
        try (OpenLedger parts = new OpenLedger(Ledgers.open(location), Ledgers.CLOCK)) {
            Histories.append(parts, EVENTS.subList(0, 100));
            new Replay(parts).rebuild(Progress.NONE);
        }
        try (Ledger ledger = openAndProject()) {
            append(ledger, 100, 101);
            reaches(101);
            for (int from = 101; from < 300; from += 40) {
                append(ledger, from, Math.min(from + 40, 300));
            }
            reaches(300);
            assertThat(ledger.reader().lag()).isZero();
            assertThat(ledger.reader().states()).isEqualTo(Histories.fold(EVENTS));
        }
    }

    @Test
    void anEmptyLedgerIsFollowedFromItsFirstEvent() {
        try (Ledger ledger = openAndProject()) {
            append(ledger, 0, 1);
            reaches(1);
        }
        try (Ledger ledger = openAndProject()) {
            append(ledger, 1, 60);
            reaches(60);
        }
    }

    @Test
    void theClaimOfADeadPredecessorIsTakenOverAtOnce() {
        try (OpenLedger parts = new OpenLedger(Ledgers.open(location), Ledgers.CLOCK)) {
            Histories.append(parts, EVENTS.subList(0, 100));
            new Replay(parts).rebuild(Progress.NONE);
        }
        store = Ledgers.open(location);
        Ledgers.execute(store, "UPDATE token SET owner = 'xenledger', updated_at = '2999-01-01T00:00:00Z'");
        try (Ledger ledger = AxonLedger.openAndProject(store, Ledgers.CLOCK)) {
            append(ledger, 100, 110);
            await().atMost(Duration.ofSeconds(8)).untilAsserted(() -> Tables.agree(store, EVENTS.subList(0, 110)));
        }
    }

    @Test
    void aBatchThatFailsLeavesTokenAndRowsWhereTheyWereAndIsTriedAgain() throws Exception {
        try (Ledger ledger = openAndProject()) {
            append(ledger, 0, 50);
            reaches(50);
            Ledgers.execute(store, "ALTER TABLE operation ADD CONSTRAINT full_disk CHECK (position <= 50)");
            append(ledger, 50, 300);
            Thread.sleep(300);
            assertThat(Tables.position(store)).isEqualTo(50);
            Tables.agree(store, EVENTS.subList(0, 50));
            assertThat(ledger.reader().lag()).isEqualTo(250);
            assertThat(ledger.reader().states()).isEqualTo(Histories.fold(EVENTS));

            Ledgers.execute(store, "ALTER TABLE operation DROP CONSTRAINT full_disk");
            reaches(300);
        }
    }

    @Test
    void aLedgerWithoutAProcessorIsCaughtUpWhenItCloses() {
        try (Ledger ledger = AxonLedger.open(Ledgers.open(location), Ledgers.CLOCK)) {
            append(ledger, 0, 100);
            assertThat(ledger.reader().lag()).isEqualTo(100);
        }
        try (Store closed = Ledgers.open(location)) {
            Tables.agree(closed, EVENTS.subList(0, 100));
        }
    }

    private Ledger openAndProject() {
        store = Ledgers.open(location);
        return AxonLedger.openAndProject(store, Ledgers.CLOCK);
    }

    private void reaches(int position) {
        await().atMost(SOON).untilAsserted(() -> Tables.agree(store, EVENTS.subList(0, position)));
    }

    private static void append(Ledger ledger, int from, int to) {
        ledger.handleAll(EVENTS.subList(from, to).stream()
                .<DomainCommand>map(added -> new Append(added.stream(), List.of(added.event())))
                .toList());
    }
}
