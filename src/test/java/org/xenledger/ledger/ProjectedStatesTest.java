// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.state.DomainState;
import org.xenledger.ledger.projection.Histories;
import org.xenledger.ledger.projection.Replay;

/** What a reader makes of a projection that is whole, behind, damaged or not there. */
class ProjectedStatesTest {
    private static final List<NewEvent> EVENTS = Histories.interleaved(3, 6, 400);
    private static final SortedMap<StreamId, DomainState> STATES = Histories.fold(EVENTS);

    private final Store store = Ledgers.open(Ledgers.inMemory());
    private final OpenLedger ledger = new OpenLedger(store, Ledgers.CLOCK);
    private final LedgerReader reader = ledger.reader();

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void anEmptyLedgerDoesNotLag() {
        assertThat(reader.lag()).isZero();
        assertThat(reader.states()).isEmpty();
    }

    @Test
    void whatTheProjectionDoesNotHaveYetIsFolded() {
        Histories.append(ledger, EVENTS.subList(0, 100));
        new Replay(ledger).catchUp(Progress.NONE);
        assertThat(reader.lag()).isZero();
        Histories.append(ledger, EVENTS.subList(100, 101));
        assertThat(reader.lag()).isEqualTo(1);
        assertThat(reader.states()).isEqualTo(Histories.fold(EVENTS.subList(0, 101)));
        Histories.append(ledger, EVENTS.subList(101, 400));
        assertThat(reader.lag()).isEqualTo(300);
        assertThat(reader.states()).isEqualTo(STATES);
    }

    @Test
    void aProjectionThatDoesNotFitTogetherIsNotBelieved() {
        Histories.append(ledger, EVENTS);
        for (String damage : List.of(
                "DELETE FROM configuration",
                "DELETE FROM configuration WHERE stream = '" + Ledgers.stream(1) + "'",
                "UPDATE configuration SET state = X'007F' WHERE stream = '" + Ledgers.stream(2) + "'",
                "UPDATE configuration SET position = position + 1000, version = version + 200")) {
            new Replay(ledger).rebuild(Progress.NONE);
            assertThat(reader.lag()).isZero();
            Ledgers.execute(store, damage);
            assertThat(reader.states()).as(damage).isEqualTo(STATES);
            assertThat(reader.lag()).as(damage).isEqualTo(400);
        }
    }

    @Test
    void aStateThatIsTooLargeToBeKeptIsFoldedAndNoFault() {
        Histories.append(ledger, EVENTS);
        new Replay(ledger).catchUp(Progress.NONE);
        Ledgers.execute(store, "UPDATE configuration SET state = X'' WHERE stream = '" + Ledgers.stream(1) + "'");
        assertThat(reader.states()).isEqualTo(STATES);
        assertThat(reader.lag()).isZero();
    }

    @Test
    void farBehindEachHistoryIsFoldedByItself() {
        List<NewEvent> many = Histories.interleaved(5, 300, 10_500);
        Histories.append(ledger, many.subList(0, 100));
        new Replay(ledger).catchUp(Progress.NONE);
        Histories.append(ledger, many.subList(100, 10_500));
        assertThat(reader.lag()).isEqualTo(10_400);
        SortedMap<StreamId, DomainState> states = reader.states();
        assertThat(states.keySet()).isEqualTo(Histories.fold(many).keySet());
        assertThat(states.get(Ledgers.stream(7))).isEqualTo(Histories.fold(many).get(Ledgers.stream(7)));
    }
}
