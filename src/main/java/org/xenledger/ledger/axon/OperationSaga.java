// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.axon;

import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.modelling.saga.EndSaga;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.StartSaga;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.event.DeviceEvent;
import org.xenledger.domain.event.HotplugEvent;
import org.xenledger.domain.event.OperationEvent.OperationResumed;
import org.xenledger.domain.event.UnplugEvent;
import org.xenledger.domain.event.XlEvent;
import org.xenledger.ledger.process.OperationProcess;

/**
 * One operation, as Axon sees it: a saga that begins with the intent, or with the event by which this process takes the
 * operation over, and hands every further event of it to the process. What it knows is in the events, so it is not stored.
 */
@ProcessingGroup(OperationSaga.PROCESSOR)
final class OperationSaga {
    static final String PROCESSOR = "operations";

    private static final String OPERATION = "operation";

    private final transient OperationProcess process;

    OperationSaga(OperationProcess process) {
        this.process = process;
    }

    @StartSaga
    @SagaEventHandler(associationProperty = OPERATION)
    void on(HotplugEvent.HotplugStarted event, DomainEventMessage<?> message) {
        handOn(event, message);
    }

    @StartSaga
    @SagaEventHandler(associationProperty = OPERATION)
    void on(UnplugEvent.UnplugStarted event, DomainEventMessage<?> message) {
        handOn(event, message);
    }

    @StartSaga
    @SagaEventHandler(associationProperty = OPERATION)
    void on(OperationResumed event, DomainEventMessage<?> message) {
        handOn(event, message);
    }

    @SagaEventHandler(associationProperty = OPERATION)
    void on(HotplugEvent event, DomainEventMessage<?> message) {
        handOn(event, message);
    }

    @SagaEventHandler(associationProperty = OPERATION)
    void on(UnplugEvent event, DomainEventMessage<?> message) {
        handOn(event, message);
    }

    @SagaEventHandler(associationProperty = OPERATION)
    void on(XlEvent event, DomainEventMessage<?> message) {
        handOn(event, message);
    }

    @EndSaga
    @SagaEventHandler(associationProperty = OPERATION)
    void on(HotplugEvent.HotplugCompleted event, DomainEventMessage<?> message) {
        handOn(event, message);
    }

    @EndSaga
    @SagaEventHandler(associationProperty = OPERATION)
    void on(HotplugEvent.HotplugCompletedLate event, DomainEventMessage<?> message) {
        handOn(event, message);
    }

    @EndSaga
    @SagaEventHandler(associationProperty = OPERATION)
    void on(HotplugEvent.HotplugRolledBack event, DomainEventMessage<?> message) {
        handOn(event, message);
    }

    @EndSaga
    @SagaEventHandler(associationProperty = OPERATION)
    void on(UnplugEvent.UnplugCompleted event, DomainEventMessage<?> message) {
        handOn(event, message);
    }

    @EndSaga
    @SagaEventHandler(associationProperty = OPERATION)
    void on(UnplugEvent.UnplugTimedOut event, DomainEventMessage<?> message) {
        handOn(event, message);
    }

    private void handOn(DeviceEvent event, DomainEventMessage<?> message) {
        process.happened(new StreamId(message.getAggregateIdentifier()), event);
    }
}
