// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.axon;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.AbstractAggregateFactory;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.state.DomainState;

/** Makes the aggregate that the events are then folded into: from a snapshot's state, or from nothing. */
final class DomainAggregateFactory extends AbstractAggregateFactory<DomainAggregate> {
    DomainAggregateFactory() {
        super(DomainAggregate.class);
    }

    static DomainAggregate unknown(Object stream) {
        return new DomainAggregate(DomainState.unknown(new StreamId(stream.toString())));
    }

    @Override
    @SuppressWarnings("rawtypes")
    protected DomainAggregate doCreateAggregate(String stream, DomainEventMessage first) {
        return first.getPayload() instanceof DomainState state ? new DomainAggregate(state) : unknown(stream);
    }
}
