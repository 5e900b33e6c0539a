// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.axon;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.common.lock.Lock;
import org.axonframework.common.lock.PessimisticLockFactory;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.ConcurrencyException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xenledger.domain.command.DomainCommand;
import org.xenledger.domain.event.RecordedEvent;
import org.xenledger.ledger.Ledger;
import org.xenledger.ledger.LedgerException;
import org.xenledger.ledger.LedgerReader;
import org.xenledger.ledger.LedgerTransaction;
import org.xenledger.ledger.OpenLedger;
import org.xenledger.ledger.Progress;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.process.OperationProcess;
import org.xenledger.ledger.projection.Replay;

/** A ledger with Axon as its engine. */
public final class AxonLedger implements Ledger {
    static final String COMMAND = "domain";

    private static final Logger LOG = LoggerFactory.getLogger(AxonLedger.class);

    private final OpenLedger parts;
    private final AxonTransactions transactions;
    private final PessimisticLockFactory locks = PessimisticLockFactory.usingDefaults();
    private final Configuration configuration;
    private final CommandBus commands;
    private final ReentrantReadWriteLock intake = new ReentrantReadWriteLock();
    private boolean closed;

    private AxonLedger(OpenLedger parts, Consumer<Configurer> more) {
        this.parts = parts;
        this.transactions = new AxonTransactions(parts.transactions());
        Configurer configurer = Wiring.configurer(parts, transactions, locks);
        more.accept(configurer);
        this.configuration = configurer.start();
        this.commands = configuration.commandBus();
    }

    /** Takes over a store that was opened for writing, and closes it in the end. */
    public static Ledger open(Store store, Clock clock) {
        return open(new OpenLedger(store, clock), configurer -> {});
    }

    /**
     * As {@link #open(Store, Clock)}, for a process that stays: the projections follow the events as they come. For
     * the agent; no command uses it yet.
     */
    public static Ledger openAndProject(Store store, Clock clock) {
        OpenLedger parts = new OpenLedger(store, clock);
        try {
            new Replay(parts).catchUp(Progress.NONE);
            return open(parts, configurer -> ProjectionProcessor.register(configurer, parts));
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    /**
     * As {@link #open(Store, Clock)}, for a process that carries operations out.
     *
     * @param process makes the one that is handed the events of operations, from now on
     */
    public static Ledger openToOperate(Store store, Clock clock, Function<Ledger, OperationProcess> process) {
        OpenLedger parts = new OpenLedger(store, clock);
        AtomicReference<OperationProcess> made = new AtomicReference<>();
        Ledger ledger = open(parts, configurer -> OperationSagas.register(configurer, parts, made::get));
        made.set(process.apply(ledger));
        return ledger;
    }

    /** As {@link #open(Store, Clock)}, with what else is to run on the events. */
    static AxonLedger open(OpenLedger parts, Consumer<Configurer> more) {
        return new AxonLedger(parts, more);
    }

    @Override
    public List<RecordedEvent> handleAll(List<DomainCommand> batch) {
        intake.readLock().lock();
        try {
            if (closed) {
                throw new LedgerException("the ledger is closed");
            }
            return handled(batch);
        } catch (ConcurrencyException e) {
            throw new LedgerException("somebody else wrote the same history at the same time: try again", e);
        } finally {
            intake.readLock().unlock();
        }
    }

    @Override
    public long durablePosition() {
        return parts.durablePosition();
    }

    @Override
    public LedgerReader reader() {
        return parts.reader();
    }

    @Override
    public Thread shutdownHook() {
        return new Thread(this::close, "close-ledger");
    }

    @Override
    public void close() {
        intake.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                stop();
            }
        } finally {
            intake.writeLock().unlock();
        }
    }

    private void stop() {
        try {
            configuration.shutdown();
            project();
        } finally {
            parts.close();
        }
    }

    /**
     * A command that runs once needs no processor for its few events: they are added at its end. The events themselves are
     * safe by now, so what goes wrong here is for the next one to make good.
     */
    private void project() {
        try {
            new Replay(parts).catchUp(Progress.NONE);
        } catch (RuntimeException e) {
            LOG.warn("The projections were not brought up to date: {}", e.getMessage());
        }
    }

    /** One unit of work around those of the commands, so that all their events are appended and committed at once. */
    private List<RecordedEvent> handled(List<DomainCommand> batch) {
        UnitOfWork<?> work = DefaultUnitOfWork.startAndGet(new GenericMessage<>(COMMAND));
        work.attachTransaction(transactions);
        LedgerTransaction transaction = transactions.current();
        try {
            lock(batch, work);
            batch.forEach(this::dispatch);
        } catch (RuntimeException | Error e) {
            work.rollback(e);
            throw e;
        }
        work.commit();
        return transaction.appended();
    }

    /** Batches that meet in several streams take their locks in the same order, so none waits for the other. */
    private void lock(List<DomainCommand> batch, UnitOfWork<?> work) {
        if (batch.size() < 2) {
            return;
        }
        List<Lock> held = new ArrayList<>();
        work.onCleanup(done -> held.forEach(Lock::release));
        batch.stream()
                .map(DomainCommand::stream)
                .distinct()
                .sorted()
                .forEach(stream -> held.add(locks.obtainLock(stream.value())));
    }

    private void dispatch(DomainCommand command) {
        CommandMessage<DomainCommand> message = new GenericCommandMessage<>(new GenericMessage<>(command), COMMAND);
        commands.dispatch(message, AxonLedger::rethrow);
    }

    private static void rethrow(CommandMessage<?> command, CommandResultMessage<?> result) {
        if (result.isExceptional()) {
            Throwable cause = result.exceptionResult();
            if (cause instanceof RuntimeException unchecked) {
                throw unchecked;
            } else if (cause instanceof Error error) {
                throw error;
            }
            throw new LedgerException("a command failed: " + cause.getMessage(), cause);
        }
    }
}
