// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenledger.domain.HostIdentity;
import org.xenledger.domain.Incarnation;
import org.xenledger.domain.Knobs;
import org.xenledger.domain.Owner;
import org.xenledger.domain.Provenance;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.command.DomainCommand;
import org.xenledger.domain.command.StartHotplug;
import org.xenledger.domain.command.StartUnplug;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.event.HotplugEvent.HotplugStarted;
import org.xenledger.domain.event.LifecycleEvent.DomainRegistered;
import org.xenledger.domain.event.LifecycleEvent.DomainStarted;
import org.xenledger.domain.event.UnplugEvent.UnplugStarted;
import org.xenledger.domain.operation.PlannedNode;
import org.xenledger.domain.operation.Toolstack;
import org.xenledger.domain.state.OperationState;
import org.xenledger.domain.state.OperationState.Outcome;
import org.xenledger.domain.template.LosslessJson;
import org.xenledger.ledger.Ledger;
import org.xenledger.ledger.LedgerReader;
import org.xenledger.ledger.Ledgers;
import org.xenledger.ledger.OpenLedger;
import org.xenledger.ledger.Progress;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.StoreLocation;
import org.xenledger.ledger.axon.AxonLedger;
import org.xenledger.ledger.power.Cut;
import org.xenledger.ledger.power.Disk;
import org.xenledger.ledger.power.Disks;
import org.xenledger.ledger.projection.Replay;

/** An effect comes after its intent is on the disk, and only then: no replay repeats it. */
class EffectsTest {
    private static final StreamId GUEST = StreamId.ofUuid("5814e8a6-6120-43fd-bb68-051553960d55");
    private static final HostIdentity HOST = new HostIdentity("xen1", "boot-1");
    private static final Incarnation LIFE = new Incarnation(HOST, 7, "1795300000");
    private static final DeviceKey DISK = DeviceKey.parse("vbd/51728");
    private static final Owner SELF = new Owner(HOST, 4711, 98765);
    private static final ObjectNode ENTRY = (ObjectNode) LosslessJson.parse("{\"vdev\":\"xvdb\"}");

    @TempDir
    Path temp;

    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private Operations operations;

    @AfterEach
    void stop() {
        workers.shutdownNow();
    }

    /** A call of the port. */
    private interface Before {
        void call(Method method) throws Exception;
    }

    @Test
    void whenThePowerGoesAtAnEffectItsIntentIsFound() throws Exception {
        Path machine = temp.resolve("machine");
        Files.createDirectory(machine);
        Disk disk = Disks.over(machine);
        List<String> found = new ArrayList<>();
        Random random = new Random(1);
        Before cut = method -> {
            for (Cut kind : Cut.values()) {
                Path left = temp.resolve("left-" + found.size());
                disk.writeTo(left, kind, random);
                found.add(method.getName() + " " + dueIn(left));
            }
        };
        StoreLocation location = StoreLocation.ofDirectory(Disks.path(machine.resolve("ledger")));
        plugAndUnplug(Store.openForWriting(location, Store.PATIENCE), port(new MemoryToolstack(), cut));
        assertThat(found.stream().distinct())
                .containsExactly(
                        "writeEntries WRITE_ENTRIES",
                        "awaitBackend AWAIT_BACKEND",
                        "prepareScript PREPARE_SCRIPT",
                        "runScript RUN_SCRIPT",
                        "awaitFrontend AWAIT_FRONTEND",
                        "closeBackend CLOSE_BACKEND",
                        "awaitClosed AWAIT_CLOSED",
                        "prepareScript PREPARE_REMOVAL_SCRIPT",
                        "runScript RUN_REMOVAL_SCRIPT",
                        "removeEntries REMOVE_ENTRIES");
    }

    @Test
    void noReplayTouchesThePort() throws Exception {
        StoreLocation location = StoreLocation.ofDirectory(temp.resolve("ledger"));
        plugAndUnplug(Store.openForWriting(location, Store.PATIENCE), new MemoryToolstack());
        leaveOneWithAnEffectDue(location);
        List<String> touched = new CopyOnWriteArrayList<>();
        Toolstack untouchable = port(new MemoryToolstack(), method -> touched.add(method.getName()));
        try (OpenLedger parts = new OpenLedger(Store.openForWriting(location, Store.PATIENCE), Clock.systemUTC())) {
            new Replay(parts).rebuild(Progress.NONE);
        }
        try (Ledger ledger = operating(Store.openForWriting(location, Store.PATIENCE), untouchable)) {
            ledger.handle(new Ledgers.Append(GUEST, List.of(new DomainRegistered(by(), false))));
            Thread.sleep(500); // the processor has seen all that it will see
            assertThat(ledger.reader()
                            .state(GUEST)
                            .operation(LIFE, DISK)
                            .orElseThrow()
                            .open())
                    .isTrue();
        }
        assertThat(touched).isEmpty();
    }

    /** An operation of this very owner, that would go on if its events were handed out again. */
    private void leaveOneWithAnEffectDue(StoreLocation location) {
        try (Ledger ledger = AxonLedger.open(Store.openForWriting(location, Store.PATIENCE), Clock.systemUTC())) {
            ledger.handle(new StartUnplug(
                    GUEST,
                    new UnplugStarted(
                            by(), "op-3", LIFE, DISK, SELF, Instant.now().plusSeconds(60), false)));
        }
    }

    /** The effect that a ledger, as a power cut left it, says is due. */
    private static String dueIn(Path left) {
        StoreLocation location = StoreLocation.ofDirectory(left.resolve("ledger"));
        try (Store store = Store.openForReading(location, Store.PATIENCE)) {
            OperationState operation =
                    new LedgerReader(store).state(GUEST).operation(LIFE, DISK).orElseThrow();
            return operation.due().effect().name();
        }
    }

    private void plugAndUnplug(Store store, Toolstack toolstack) throws Exception {
        try (Ledger ledger = operating(store, toolstack)) {
            ledger.handle(new Ledgers.Append(
                    GUEST,
                    List.of(
                            new DomainRegistered(by(), false),
                            new DomainStarted(by(), LIFE, "guest1", Knobs.UNKNOWN))));
            Instant deadline = Instant.now().plusSeconds(60);
            List<PlannedNode> nodes = List.of(new PlannedNode("/libxl/7/device/vbd/51728/params", "/x", ""));
            end(
                    new StartHotplug(
                            GUEST, new HotplugStarted(by(), "op-1", LIFE, DISK, SELF, ENTRY, null, nodes, deadline)),
                    "op-1");
            end(new StartUnplug(GUEST, new UnplugStarted(by(), "op-2", LIFE, DISK, SELF, deadline, false)), "op-2");
        }
    }

    private void end(DomainCommand command, String operation) throws Exception {
        assertThat(operations
                        .start(GUEST, operation, () -> command)
                        .get(60, TimeUnit.SECONDS)
                        .outcome())
                .isEqualTo(Outcome.COMPLETED);
    }

    private Ledger operating(Store store, Toolstack toolstack) {
        return AxonLedger.openToOperate(store, Clock.systemUTC(), made -> {
            OperationProcess process = new OperationProcess(made, toolstack, SELF, Clock.systemUTC(), workers);
            operations = new Operations(made, process.waiting());
            return process;
        });
    }

    private static Toolstack port(Toolstack toolstack, Before before) {
        return (Toolstack) Proxy.newProxyInstance(
                Toolstack.class.getClassLoader(), new Class<?>[] {Toolstack.class}, (proxy, method, arguments) -> {
                    before.call(method);
                    try {
                        return method.invoke(toolstack, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static Provenance by() {
        return new Provenance("alice", HOST, "a test", Instant.now());
    }
}
