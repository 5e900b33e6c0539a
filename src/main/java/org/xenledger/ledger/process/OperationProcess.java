// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.process;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xenledger.domain.Owner;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.command.AdvanceOperation;
import org.xenledger.domain.event.DeviceEvent;
import org.xenledger.domain.operation.Effect;
import org.xenledger.domain.operation.Toolstack;
import org.xenledger.domain.operation.UnfinishedException;
import org.xenledger.domain.state.DeviceState;
import org.xenledger.domain.state.OperationState;
import org.xenledger.domain.state.Origin;
import org.xenledger.ledger.Ledger;
import org.xenledger.ledger.LedgerException;

/**
 * Carries operations on, from one durable event to the next: each does what the step after it asks for, and appends what
 * came of it. An event that comes again, when its step is past, does nothing.
 *
 * <p>What an effect leaves open, as a lost connection does, is tried again until the operation's deadline. What fails for
 * good, as a lock that others hold for too long, ends the step at once.
 * When the ledger cannot be written, or an xl works on, the operation stays where it is, for the next process to take
 * over.
 */
public final class OperationProcess {
    private static final Logger LOG = LoggerFactory.getLogger(OperationProcess.class);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final Ledger ledger;
    private final Toolstack toolstack;
    private final Owner self;
    private final Clock clock;
    private final Executor workers;
    private final Waiting waiting = new Waiting();
    /** The end of what is being done for each operation. */
    private final Map<String, CompletableFuture<Void>> turns = new ConcurrentHashMap<>();
    /** The operations whose step was tried here and ended openly: no event tells that. */
    private final Set<String> tried = ConcurrentHashMap.newKeySet();

    /**
     * @param self this process, as the events name it: operations of other owners are left alone
     * @param workers do the effects, which may take as long as a guest takes
     */
    public OperationProcess(Ledger ledger, Toolstack toolstack, Owner self, Clock clock, Executor workers) {
        this.ledger = ledger;
        this.toolstack = toolstack;
        this.self = self;
        this.clock = clock;
        this.workers = workers;
    }

    /** Who waits for operations of this process to end. */
    public Waiting waiting() {
        return waiting;
    }

    /**
     * An event of an operation has become durable; returns at once. What is done for the events of one operation is done one
     * after the other: an event that is delivered twice would else find its step open twice.
     */
    public void happened(StreamId stream, DeviceEvent event) {
        turns.compute(
                event.operation(),
                (operation, before) ->
                        (before == null ? DONE : before).thenRunAsync(() -> goOn(stream, event), workers));
    }

    private void goOn(StreamId stream, DeviceEvent event) {
        try {
            Optional<DeviceState> device = device(stream, event);
            device.filter(d -> isDue(d.operation(), event)).ifPresent(d -> step(stream, event, d));
            device.map(DeviceState::operation).filter(o -> !o.open()).ifPresent(this::ended);
        } catch (LedgerException | UnfinishedException e) {
            waiting.failed(event.operation(), e);
        } catch (Error e) {
            waiting.failed(event.operation(), e);
            throw e;
        } catch (RuntimeException e) {
            LOG.warn("Operation {} could not go on and is tried again: {}", event.operation(), e.getMessage());
            CompletableFuture.delayedExecutor(PAUSE.toMillis(), TimeUnit.MILLISECONDS, workers)
                    .execute(() -> happened(stream, event));
        }
    }

    /** What the table of steps does not have is a defect of ours, and trying again would not help. */
    private void tell(AdvanceOperation outcome) {
        try {
            ledger.handle(outcome);
        } catch (IllegalStateException e) {
            throw new LedgerException("an operation cannot go on: " + e.getMessage(), e);
        }
    }

    private void ended(OperationState operation) {
        turns.remove(operation.id());
        waiting.ended(operation);
    }

    private Optional<DeviceState> device(StreamId stream, DeviceEvent event) {
        return ledger.reader()
                .state(stream)
                .incarnation(event.incarnation())
                .map(life -> life.devices().get(event.device()))
                .filter(device -> device.operation().id().equals(event.operation()));
    }

    /** Whether this event is the last of an operation of ours that has something to do. */
    private boolean isDue(OperationState operation, DeviceEvent event) {
        return operation.origin() == Origin.OURS
                && operation.open()
                && operation.due().effect() != Effect.NONE
                && operation.step().equals(event.getClass().getSimpleName())
                && self.equals(operation.owner());
    }

    private void step(StreamId stream, DeviceEvent event, DeviceState device) {
        String operation = device.operation().id();
        StepRunner runner = new StepRunner(
                toolstack, clock, stream, event.incarnation(), event.device(), device, tried.contains(operation));
        List<DeviceEvent> outcome;
        try {
            outcome = runner.run();
        } catch (RuntimeException e) {
            tried.add(operation);
            if (clock.instant().isBefore(device.operation().deadline())) {
                throw e;
            }
            outcome = runner.triedInVain(String.valueOf(e.getMessage()));
        }
        tell(new AdvanceOperation(stream, self, device.operation().due(), outcome));
        tried.remove(operation);
    }
}
