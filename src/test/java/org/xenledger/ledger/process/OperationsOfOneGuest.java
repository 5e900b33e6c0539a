// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.xenledger.domain.HostIdentity;
import org.xenledger.domain.Incarnation;
import org.xenledger.domain.Knobs;
import org.xenledger.domain.Owner;
import org.xenledger.domain.Provenance;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.command.ResumeOperation;
import org.xenledger.domain.command.StartHotplug;
import org.xenledger.domain.command.StartUnplug;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.event.DeviceEvent;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.domain.event.HotplugEvent.HotplugStarted;
import org.xenledger.domain.event.LifecycleEvent.DomainRegistered;
import org.xenledger.domain.event.LifecycleEvent.DomainStarted;
import org.xenledger.domain.event.OperationEvent.OperationResumed;
import org.xenledger.domain.event.UnplugEvent.UnplugStarted;
import org.xenledger.domain.operation.PlannedNode;
import org.xenledger.domain.operation.Step;
import org.xenledger.domain.state.DomainState;
import org.xenledger.domain.state.Evolution;
import org.xenledger.domain.state.OperationState;
import org.xenledger.domain.state.OperationState.Direction;
import org.xenledger.domain.state.StepMachine;
import org.xenledger.domain.template.LosslessJson;
import org.xenledger.ledger.HistoryFilter;
import org.xenledger.ledger.Ledger;
import org.xenledger.ledger.Ledgers;
import org.xenledger.ledger.axon.AxonLedger;

/** Operations on one device of one guest, over a real ledger and a world of memory. */
abstract class OperationsOfOneGuest {
    static final StreamId GUEST = StreamId.ofUuid("5814e8a6-6120-43fd-bb68-051553960d55");
    static final HostIdentity HOST = new HostIdentity("xen1", "boot-1");
    static final Incarnation LIFE = new Incarnation(HOST, 7, "1795300000");
    static final DeviceKey DISK = DeviceKey.parse("vbd/51728");
    static final Owner SELF = new Owner(HOST, 4711, 98765);
    static final Owner DEAD = new Owner(HOST, 4000, 90000);
    static final ObjectNode ENTRY = (ObjectNode) LosslessJson.parse("{\"vdev\":\"xvdb\"}");
    static final ObjectNode STALE = (ObjectNode) LosslessJson.parse("{\"vdev\":\"xvdb\",\"readwrite\":1}");
    static final Set<StepMachine.Row> VISITED = new HashSet<>();

    final MemoryToolstack world = new MemoryToolstack();
    final ExecutorService workers = Executors.newFixedThreadPool(2);
    Instant deadline = Instant.now().plusSeconds(60);
    Ledger ledger;
    OperationProcess process;
    Operations operations;

    @BeforeEach
    void open() {
        ledger = AxonLedger.openToOperate(
                Ledgers.open(Ledgers.inMemory()),
                Clock.systemUTC(),
                made -> process = new OperationProcess(made, world, SELF, Clock.systemUTC(), workers));
        operations = new Operations(ledger, process.waiting());
        append(new DomainRegistered(by(), false), new DomainStarted(by(), LIFE, "guest1", Knobs.UNKNOWN));
    }

    @AfterEach
    void close() {
        remember();
        workers.shutdownNow();
        ledger.close();
    }

    @BeforeAll
    static void nothingWasVisited() {
        VISITED.clear();
    }

    static List<StepMachine.Row> rows(boolean ofXl) {
        return Stream.of(Direction.values())
                .flatMap(direction -> StepMachine.of(direction).stream())
                .filter(row -> ofXl == (isOfXl(row.state()) || isOfXl(row.next())))
                .toList();
    }

    private static boolean isOfXl(Step step) {
        return step.name().startsWith("XL_");
    }

    CompletableFuture<OperationState> plug(String operation) {
        return operations.start(GUEST, operation, () -> new StartHotplug(GUEST, intent(operation, SELF)));
    }

    CompletableFuture<OperationState> unplug(String operation, boolean force) {
        return operations.start(
                GUEST,
                operation,
                () -> new StartUnplug(GUEST, new UnplugStarted(by(), operation, LIFE, DISK, SELF, deadline, force)));
    }

    CompletableFuture<OperationState> resume(String operation, Owner from, Step step) {
        return operations.start(
                GUEST,
                operation,
                () -> new ResumeOperation(
                        GUEST,
                        from,
                        new OperationResumed(by(), operation, LIFE, DISK, SELF, step, "a test", deadline)));
    }

    static <T> T end(CompletableFuture<T> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }

    HotplugStarted intent(String operation, Owner owner) {
        return new HotplugStarted(
                by(),
                operation,
                LIFE,
                DISK,
                owner,
                ENTRY,
                STALE,
                List.of(new PlannedNode("/libxl/7/device/vbd/51728/params", "/x", "")),
                deadline);
    }

    static Provenance by() {
        return new Provenance("alice", HOST, "a test", Instant.now());
    }

    void append(DomainEvent... events) {
        ledger.handle(new Ledgers.Append(GUEST, List.of(events)));
    }

    List<String> names() {
        return deviceEvents().map(e -> e.getClass().getSimpleName()).toList();
    }

    Stream<DeviceEvent> deviceEvents() {
        return ledger.reader().events(GUEST, HistoryFilter.ALL).stream()
                .filter(recorded -> recorded.event() instanceof DeviceEvent)
                .map(recorded -> (DeviceEvent) recorded.event());
    }

    /** Which rows of the tables this test's history went through. */
    void remember() {
        DomainState folded = DomainState.unknown(GUEST);
        for (var recorded : ledger.reader().events(GUEST, HistoryFilter.ALL)) {
            if (recorded.event() instanceof DeviceEvent event) {
                folded.operation(LIFE, DISK)
                        .filter(operation -> operation.id().equals(event.operation()))
                        .ifPresent(operation -> StepMachine.of(operation.direction()).stream()
                                .filter(row -> row.state() == operation.due() && row.event() == event.getClass())
                                .forEach(VISITED::add));
            }
            folded = Evolution.evolve(folded, recorded.event());
        }
    }
}
