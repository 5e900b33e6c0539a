// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.axon;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.eventhandling.TrackingEventProcessorConfiguration;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.modelling.saga.AbstractSagaManager;
import org.axonframework.modelling.saga.AnnotatedSagaManager;
import org.axonframework.modelling.saga.SagaRepository;
import org.axonframework.modelling.saga.repository.AnnotatedSagaRepository;
import org.axonframework.modelling.saga.repository.inmemory.InMemorySagaStore;
import org.xenledger.ledger.OpenLedger;
import org.xenledger.ledger.process.OperationProcess;

/**
 * Axon's processor of the operations. It begins at the end of the ledger: what earlier processes left open is taken up only
 * after the world was looked at, by an event that it then sees. It reads up to the durable position, as all of them do.
 */
final class OperationSagas {
    /** A processor that is asked to stop stops after this time at the latest; events wake it at once. */
    private static final Duration POLL = Duration.ofMillis(50);

    private OperationSagas() {}

    /** @param process asked for when the first event comes */
    static void register(Configurer configurer, OpenLedger ledger, Supplier<OperationProcess> process) {
        long head = ledger.durablePosition();
        configurer
                .eventProcessing()
                .registerSaga(OperationSaga.class, saga -> saga.configureSagaManager(c -> manager(process)))
                .registerTokenStore(OperationSaga.PROCESSOR, c -> new InMemoryTokenStore())
                .registerTrackingEventProcessor(
                        OperationSaga.PROCESSOR,
                        Configuration::eventStore,
                        c -> TrackingEventProcessorConfiguration.forSingleThreadedProcessing()
                                .andEventAvailabilityTimeout(POLL.toMillis(), TimeUnit.MILLISECONDS)
                                .andInitialTrackingToken(source -> LedgerEventStorageEngine.token(head)));
    }

    private static SagaRepository<OperationSaga> repository() {
        return AnnotatedSagaRepository.<OperationSaga>builder()
                .sagaType(OperationSaga.class)
                .sagaStore(new InMemorySagaStore())
                .build();
    }

    private static AbstractSagaManager<OperationSaga> manager(Supplier<OperationProcess> process) {
        return AnnotatedSagaManager.<OperationSaga>builder()
                .sagaType(OperationSaga.class)
                .sagaRepository(repository())
                .sagaFactory(() -> new OperationSaga(process.get()))
                .build();
    }
}
