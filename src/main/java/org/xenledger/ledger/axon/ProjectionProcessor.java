// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.axon;

import java.sql.Connection;
import java.sql.SQLException;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventMessageHandler;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventProcessorConfiguration;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.ledger.LedgerException;
import org.xenledger.ledger.OpenLedger;
import org.xenledger.ledger.projection.ProjectionToken;
import org.xenledger.ledger.projection.Projections;

/** Axon's processor of the projections: rows and token of a batch are one transaction. For the agent, not used yet. */
final class ProjectionProcessor implements EventMessageHandler {
    private static final String NAME = ProjectionToken.PROCESSOR;
    private static final int BATCH = 1000;
    private static final int MOST_STATES = 64;

    private final OpenLedger ledger;
    private final Projections projections;

    private ProjectionProcessor(OpenLedger ledger) {
        this.ledger = ledger;
        this.projections = new Projections(ledger.reader(), MOST_STATES);
    }

    /** An event that cannot be applied stops the processor, which tries again: to leave it out would be a lie. */
    static void register(Configurer configurer, OpenLedger ledger) {
        ProjectionProcessor handler = new ProjectionProcessor(ledger);
        configurer
                .eventProcessing()
                .registerEventHandler(c -> handler)
                .assignHandlerInstancesMatching(NAME, candidate -> candidate == handler)
                .registerListenerInvocationErrorHandler(NAME, c -> PropagatingErrorHandler.instance())
                .registerTrackingEventProcessor(
                        NAME,
                        Configuration::eventStore,
                        c -> TrackingEventProcessorConfiguration.forSingleThreadedProcessing()
                                .andBatchSize(BATCH));
    }

    @Override
    public Object handle(EventMessage<?> message) throws SQLException {
        DomainEventMessage<?> event = (DomainEventMessage<?>) message;
        long position =
                ((TrackedEventMessage<?>) message).trackingToken().position().orElseThrow();
        CurrentUnitOfWork.get().getOrComputeResource(NAME, key -> begin(CurrentUnitOfWork.get()));
        projections.apply(
                connection(), position, event.getAggregateIdentifier(), event.getSequenceNumber(), (DomainEvent)
                        event.getPayload());
        return null;
    }

    private Projections begin(UnitOfWork<?> batch) {
        batch.onPrepareCommit(work -> write());
        batch.onRollback(work -> projections.forget());
        return projections;
    }

    private void write() {
        try {
            projections.write(connection());
        } catch (SQLException e) {
            throw new LedgerException("the projections cannot be written: " + e.getMessage(), e);
        }
    }

    private Connection connection() throws SQLException {
        return ledger.transactions().current().orElseThrow().writing();
    }
}
