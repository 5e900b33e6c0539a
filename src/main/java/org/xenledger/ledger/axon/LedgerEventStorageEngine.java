// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.axon;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.BatchingEventStorageEngine;
import org.axonframework.serialization.Serializer;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.ledger.EventTable;
import org.xenledger.ledger.LedgerTransactions;
import org.xenledger.ledger.NewEvent;
import org.xenledger.ledger.OpenLedger;
import org.xenledger.ledger.Times;

/**
 * Axon's view of the event table. Processors are shown durable events only, so nothing that acts can act on an event that
 * a power cut would take back. The global index has no gaps, so a plain number serves as tracking token.
 */
final class LedgerEventStorageEngine extends BatchingEventStorageEngine {
    /** Axon's name of what a stream is the history of. */
    static final String TYPE = "Domain";

    private final OpenLedger ledger;

    private LedgerEventStorageEngine(Builder builder, OpenLedger ledger) {
        super(builder);
        this.ledger = ledger;
    }

    static LedgerEventStorageEngine over(OpenLedger ledger, Serializer serializer) {
        Builder builder = new Builder() {};
        builder.batchSize(1000)
                .eventSerializer(serializer)
                .snapshotSerializer(serializer)
                .persistenceExceptionResolver(DuplicateKeys::causedBy);
        return new LedgerEventStorageEngine(builder, ledger);
    }

    @Override
    protected void appendEvents(List<? extends EventMessage<?>> messages, Serializer serializer) {
        List<NewEvent> events =
                messages.stream().map(LedgerEventStorageEngine::newEvent).toList();
        try {
            ledger.transactions()
                    .current()
                    .orElseThrow(() -> new IllegalStateException("events are appended in a transaction"))
                    .append(events);
        } catch (SQLException e) {
            if (!DuplicateKeys.causedBy(e)) {
                // Axon would say that the event was there before.
                throw LedgerTransactions.failed(e);
            }
            handlePersistenceException(e, messages.get(0));
        }
    }

    @Override
    protected List<? extends TrackedEventData<?>> fetchTrackedEvents(TrackingToken token, int batchSize) {
        long after = token == null ? 0 : ((GlobalSequenceTrackingToken) token).getGlobalIndex();
        long upTo = ledger.durablePosition();
        if (after >= upTo) {
            return List.of();
        }
        return ledger
                .transactions()
                .readCommitted(connection -> EventTable.after(connection, after, upTo, batchSize))
                .stream()
                .map(StoredEvent::new)
                .toList();
    }

    @Override
    protected List<? extends DomainEventData<?>> fetchDomainEvents(String stream, long first, int batchSize) {
        return ledger
                .transactions()
                .read(connection -> EventTable.ofStream(connection, stream, first, batchSize))
                .stream()
                .map(StoredEvent::new)
                .toList();
    }

    /** The state itself is the payload: {@link DomainAggregateFactory} starts from it. */
    @Override
    public Optional<DomainEventMessage<?>> readSnapshot(String stream) {
        return ledger.transactions()
                .read(connection -> ledger.snapshots().nearest(connection, new StreamId(stream), Long.MAX_VALUE))
                .map(state -> new GenericDomainEventMessage<>(TYPE, stream, state.version() - 1, state));
    }

    @Override
    public Optional<Long> lastSequenceNumberFor(String stream) {
        OptionalLong last = ledger.transactions().read(connection -> EventTable.lastSequence(connection, stream));
        return last.isPresent() ? Optional.of(last.getAsLong()) : Optional.empty();
    }

    @Override
    public TrackingToken createTailToken() {
        return null;
    }

    @Override
    public TrackingToken createHeadToken() {
        return token(ledger.durablePosition());
    }

    @Override
    public TrackingToken createTokenAt(Instant moment) {
        OptionalLong first =
                ledger.transactions().readCommitted(connection -> EventTable.firstAt(connection, Times.text(moment)));
        return first.isPresent() ? token(first.getAsLong() - 1) : createHeadToken();
    }

    @Override
    protected Stream<? extends DomainEventData<?>> readSnapshotData(String stream) {
        throw new UnsupportedOperationException("readSnapshot has the state at hand");
    }

    @Override
    protected void storeSnapshot(DomainEventMessage<?> snapshot, Serializer serializer) {
        throw new UnsupportedOperationException("the ledger takes its snapshots itself");
    }

    /** The token after this index; null before the first event. */
    static TrackingToken token(long index) {
        return index == 0 ? null : new GlobalSequenceTrackingToken(index);
    }

    private static NewEvent newEvent(EventMessage<?> message) {
        if (message instanceof DomainEventMessage<?> event && event.getPayload() instanceof DomainEvent payload) {
            return new NewEvent(
                    new StreamId(event.getAggregateIdentifier()),
                    event.getSequenceNumber(),
                    event.getIdentifier(),
                    payload,
                    DueSnapshots.after(payload));
        }
        throw new IllegalArgumentException("not an event of a domain: " + message.getPayloadType());
    }
}
