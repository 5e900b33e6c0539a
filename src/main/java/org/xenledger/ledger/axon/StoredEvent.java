// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.axon;

import java.time.Instant;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.SerializedMetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import org.xenledger.ledger.EventRow;
import org.xenledger.ledger.Times;

/** A row of the event table, as Axon reads it. */
record StoredEvent(EventRow row) implements DomainEventData<byte[]>, TrackedEventData<byte[]> {
    @Override
    public String getType() {
        return LedgerEventStorageEngine.TYPE;
    }

    @Override
    public String getAggregateIdentifier() {
        return row.stream();
    }

    @Override
    public long getSequenceNumber() {
        return row.sequence();
    }

    @Override
    public String getEventIdentifier() {
        return row.eventId();
    }

    @Override
    public Instant getTimestamp() {
        return Times.parse(row.occurredAt());
    }

    @Override
    public SerializedObject<byte[]> getMetaData() {
        return new SerializedMetaData<>(row.metadata(), byte[].class);
    }

    @Override
    public SerializedObject<byte[]> getPayload() {
        return new SimpleSerializedObject<>(row.payload(), byte[].class, row.kind(), Integer.toString(row.revision()));
    }

    @Override
    public TrackingToken trackingToken() {
        return new GlobalSequenceTrackingToken(row.globalIndex());
    }
}
