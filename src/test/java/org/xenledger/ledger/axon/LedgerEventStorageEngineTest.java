// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xenledger.domain.AnyEvents;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.ledger.LedgerException;
import org.xenledger.ledger.Ledgers;
import org.xenledger.ledger.OpenLedger;
import org.xenledger.ledger.Store;

class LedgerEventStorageEngineTest {
    private static final StreamId STREAM = Ledgers.stream(1);
    private static final List<DomainEvent> EVENTS = AnyEvents.history(7, 3);

    private final Store store = Ledgers.open(Ledgers.inMemory());
    private final OpenLedger ledger = new OpenLedger(store, Ledgers.CLOCK);
    private final LedgerEventStorageEngine engine =
            LedgerEventStorageEngine.over(ledger, new EventSerializer(ledger.codec()));
    private final AxonTransactions transactions = new AxonTransactions(ledger.transactions());

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void eventsComeBackWithTheTimeThatTheyCarry() {
        append(message(0), message(1));
        List<? extends DomainEventMessage<?>> stream =
                engine.readEvents(STREAM.value()).asStream().toList();
        assertThat(stream)
                .extracting(Message::getPayload)
                .hasToString(EVENTS.subList(0, 2).toString());
        assertThat(stream).allSatisfy(event -> {
            assertThat(event.getMetaData()).isSameAs(MetaData.emptyInstance());
            assertThat(event.getTimestamp())
                    .isEqualTo(((DomainEvent) event.getPayload()).by().at());
        });
        List<? extends TrackedEventMessage<?>> tracked =
                engine.readEvents(null, false).toList();
        assertThat(tracked)
                .extracting(TrackedEventMessage::trackingToken)
                .containsExactly(new GlobalSequenceTrackingToken(1), new GlobalSequenceTrackingToken(2));
        assertThat(engine.lastSequenceNumberFor(STREAM.value())).contains(1L);
        assertThat(engine.createHeadToken()).isEqualTo(new GlobalSequenceTrackingToken(2));
        assertThat(engine.createTokenAt(EVENTS.get(1).by().at())).isEqualTo(new GlobalSequenceTrackingToken(1));
    }

    @Test
    void aSequenceNumberTakenTwiceIsAConcurrencyException() {
        append(message(0), message(1));
        assertThatThrownBy(() -> append(message(1))).isInstanceOf(ConcurrencyException.class);
        assertThatThrownBy(() -> append(message(0))).isInstanceOf(AggregateStreamCreationException.class);
        assertThatThrownBy(() -> append(message(2), message(2))).isInstanceOf(ConcurrencyException.class);
        append(message(2));
        assertThat(ledger.durablePosition()).isEqualTo(3);
    }

    @Test
    void aHoleInAStreamIsRefused() {
        append(message(0));
        assertThatThrownBy(() -> append(message(2)))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("has no event 1 to follow on");
    }

    @Test
    void onlyEventsOfDomainsAreTaken() {
        assertThatThrownBy(() -> transactions.executeInTransaction(
                        () -> engine.appendEvents(List.of(new GenericEventMessage<>("hello")))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void append(DomainEventMessage<?>... messages) {
        transactions.executeInTransaction(
                () -> engine.appendEvents(Stream.of(messages).toList()));
    }

    private static DomainEventMessage<?> message(int sequence) {
        return new GenericDomainEventMessage<>(
                LedgerEventStorageEngine.TYPE, STREAM.value(), sequence, EVENTS.get(sequence));
    }
}
