// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.hotplug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.xenledger.domain.HostIdentity;
import org.xenledger.domain.Incarnation;
import org.xenledger.domain.Knobs;
import org.xenledger.domain.Owner;
import org.xenledger.domain.Provenance;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.command.StartHotplug;
import org.xenledger.domain.command.StartUnplug;
import org.xenledger.domain.device.BackendPath;
import org.xenledger.domain.event.HotplugEvent.HotplugStarted;
import org.xenledger.domain.event.LifecycleEvent.DomainRegistered;
import org.xenledger.domain.event.LifecycleEvent.DomainStarted;
import org.xenledger.domain.event.UnplugEvent.UnplugStarted;
import org.xenledger.domain.operation.EffectException;
import org.xenledger.domain.operation.PlannedNode;
import org.xenledger.domain.operation.ScriptAction;
import org.xenledger.domain.operation.Target;
import org.xenledger.domain.state.OperationState;
import org.xenledger.domain.state.OperationState.Outcome;
import org.xenledger.domain.template.LibxlStyle;
import org.xenledger.domain.template.LosslessJson;
import org.xenledger.ledger.Ledger;
import org.xenledger.ledger.Ledgers;
import org.xenledger.ledger.axon.AxonLedger;
import org.xenledger.ledger.process.OperationProcess;
import org.xenledger.ledger.process.Operations;
import org.xenledger.toolstack.OneHost;
import org.xenledger.toolstack.device.DeviceNodes;
import org.xenledger.toolstack.device.DiskDevice;
import org.xenledger.toolstack.device.GuestType;
import org.xenledger.toolstack.userdata.DomainFiles;
import org.xenledger.toolstack.userdata.DomainLock;
import org.xenledger.xenstore.RealXenstored;
import org.xenledger.xenstore.client.XenstoreClient;
import org.xenledger.xenstore.wire.XenstorePermission;

/** A disk is plugged in and out through the real xenstored, a real script and a real libxl-json file. */
@ExtendWith(OneHost.class)
class HotplugTest {
    private static final String UUID = "5814e8a6-6120-43fd-bb68-051553960d55";
    private static final StreamId GUEST = StreamId.ofUuid(UUID);
    private static final HostIdentity HOST = new HostIdentity("xen1", "boot-1");
    private static final Incarnation LIFE = new Incarnation(HOST, 7, "1795300000.5");
    private static final Owner SELF = new Owner(HOST, 4711, 98765);
    private static final String TEMPLATE =
            LibxlStyle.print(LosslessJson.parse("{\"c_info\":{\"uuid\":\"" + UUID + "\"},\"b_info\":{}}")) + "\n\0";
    private static final Limits SHORT = new Limits(
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofSeconds(2));

    @TempDir
    Path directory;

    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private RealXenstored daemon;
    private XenstoreClient xenstore;
    private XenstoreClient guests;
    private Ledger ledger;
    private Operations operations;
    private Kernels kernels;
    private DiskDevice disk;
    private DeviceNodes nodes;
    private LibxlToolstack toolstack;

    @BeforeEach
    void host() throws IOException {
        daemon = RealXenstored.start(RealXenstored.Daemon.XENSTORED);
        xenstore = XenstoreClient.open(daemon.socket());
        guests = XenstoreClient.open(daemon.socket());
        daemon.introduce(7, xenstore);
        xenstore.write("/local/domain/7/vm", "/vm/" + UUID);
        xenstore.write("/local/domain/7/name", "guest1");
        xenstore.write("/vm/" + UUID + "/start_time", LIFE.startTime());
        xenstore.write("/libxl/7/type", "pv");
        Files.writeString(template(), TEMPLATE);
        script("XENSTORED_PATH=" + daemon.socket() + " xenstore-write "
                + "\"/local/domain/0/$XENBUS_PATH/hotplug-status\" connected");

        ObjectNode entry = (ObjectNode) LosslessJson.parse(
                "{\"pdev_path\":\"/dev/zero\",\"vdev\":\"xvdb\",\"format\":\"raw\",\"readwrite\":1}");
        disk = DiskDevice.of(entry, 7, 0, directory);
        nodes = disk.nodes(GuestType.PV);
        kernels = new Kernels(guests, disk.backend().toString(), nodes.frontend());
        toolstack = new LibxlToolstack(xenstore, daemon.socket(), directory, SHORT, HOST);
        ledger = AxonLedger.openToOperate(Ledgers.open(Ledgers.inMemory()), Clock.systemUTC(), made -> {
            OperationProcess process = new OperationProcess(made, toolstack, SELF, Clock.systemUTC(), workers);
            operations = new Operations(made, process.waiting());
            return process;
        });
        ledger.handle(new Ledgers.Append(
                GUEST,
                List.of(new DomainRegistered(by(), false), new DomainStarted(by(), LIFE, "guest1", Knobs.UNKNOWN))));
    }

    @AfterEach
    void end() {
        workers.shutdownNow();
        Stream.of(ledger, kernels, guests, xenstore, daemon)
                .filter(part -> part != null)
                .forEach(HotplugTest::close);
    }

    @Test
    void aDiskIsConnectedAndBothViewsHaveIt() throws Exception {
        assertThat(plug("op-1").outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(xenstore.read(disk.backend() + "/state")).isEqualTo("4");
        assertThat(xenstore.read(nodes.libxlEntry() + "/params")).isEqualTo("/dev/zero");
        assertThat(Files.readString(template())).contains("\"xvdb\"").endsWith("\0");
        for (DeviceNodes.Node node : nodes.nodes()) {
            if (!node.permissions().isEmpty()) {
                assertThat(xenstore.permissions(node.path())).isEqualTo(node.permissions());
            }
        }
    }

    @Test
    void whatWasPluggedInIsTakenOutWithoutAResidue() throws Exception {
        String before = Files.readString(template());
        List<String> nodesBefore = tree("/");
        for (int cycle = 0; cycle < 5; cycle++) {
            assertThat(plug("plug-" + cycle).outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(unplug("unplug-" + cycle, false).outcome()).isEqualTo(Outcome.COMPLETED);
        }
        assertThat(tree("/")).isEqualTo(nodesBefore);
        assertThat(Files.readString(template())).isEqualTo(before);
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void aScriptThatFailsLeavesNothingAndASecondAttachWorks() throws Exception {
        List<String> nodesBefore = tree("/");
        script("exit 1");
        OperationState end = plug("op-1");
        assertThat(end.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(end.reason()).contains("status 1");
        assertThat(tree("/")).isEqualTo(nodesBefore);
        assertThat(Files.readString(template())).isEqualTo(TEMPLATE);
        script("XENSTORED_PATH=" + daemon.socket() + " xenstore-write "
                + "\"/local/domain/0/$XENBUS_PATH/hotplug-status\" connected");
        assertThat(plug("op-2").outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void aBackendThatNeverComesLeavesNothing() throws Exception {
        kernels.backendComes = false;
        kernels.guestConnects = false;
        List<String> nodesBefore = tree("/");
        assertThat(plug("op-1").outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(tree("/")).isEqualTo(nodesBefore);
    }

    @Test
    void aGuestThatKeepsTheDiskIsNotForcedUntilToldTo() throws Exception {
        plug("op-1");
        kernels.guestLetsGo = false;
        assertThat(unplug("op-2", false).outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(xenstore.read(nodes.frontend() + "/state")).isEqualTo("4");
        assertThat(unplug("op-3", true).outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(tree("/local/domain/7/device")).isEmpty();
    }

    @Test
    void aDeviceThatSomebodyElsePluggedInIsNotTouched() throws Exception {
        xenstore.write(nodes.libxlEntry() + "/params", "/dev/other");
        OperationState end = plug("op-1");
        assertThat(end.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(end.reason()).contains("is there already");
        assertThat(xenstore.read(nodes.libxlEntry() + "/params")).isEqualTo("/dev/other");
        assertThat(Files.readString(template())).isEqualTo(TEMPLATE);
    }

    @Test
    void aDomidThatIsAnotherDomainsByNowIsNotTouched() throws Exception {
        xenstore.write("/local/domain/7/vm", "/vm/00000000-0000-0000-0000-00000000000f");
        OperationState end = plug("op-1");
        assertThat(end.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(Files.readString(template())).isEqualTo(TEMPLATE);
    }

    /** Its own domain's xl devd runs the script and removes the nodes. */
    @Test
    void ofABackendInAnotherDomainNoScriptIsRunAndNoNodeIsRemoved() {
        BackendPath backend = new BackendPath(5, "vbd", 7, disk.key().id());
        xenstore.write(backend + "/script", directory.resolve("block").toString());
        xenstore.write(backend + "/state", "6");
        xenstore.write(nodes.libxlEntry() + "/backend", backend.toString());
        xenstore.write(nodes.frontend() + "/state", "6");
        Target target = new Target(GUEST, LIFE, disk.key(), backend);
        assertThat(toolstack.prepareScript(target, ScriptAction.REMOVE)).isEmpty();
        toolstack.removeEntries(target, null);
        assertThat(Premises.value(xenstore, nodes.libxlEntry())).isEmpty();
        assertThat(Premises.value(xenstore, nodes.frontend())).isEmpty();
        assertThat(xenstore.read(backend + "/state")).isEqualTo("6");
    }

    /** Somebody's write makes xenstored ask for the transaction once more; then the device is that one's. */
    @Test
    void whatTheFirstPassWroteIntoTheTemplateIsPutBackWhenTheSecondIsRefused() throws Exception {
        List<PlannedNode> planned = planned();
        AtomicBoolean first = new AtomicBoolean(true);
        List<PlannedNode> disturbed = new AbstractList<>() {
            @Override
            public PlannedNode get(int index) {
                if (first.getAndSet(false)) {
                    guests.write(nodes.libxlEntry() + "/params", "/dev/other");
                }
                return planned.get(index);
            }

            @Override
            public int size() {
                return planned.size();
            }
        };
        Target target = new Target(GUEST, LIFE, disk.key(), disk.backend());
        assertThatThrownBy(() -> toolstack.writeEntries(target, disk.entry(), disturbed))
                .isInstanceOf(EffectException.class)
                .hasMessageContaining("is there already");
        assertThat(Files.readString(template())).isEqualTo(TEMPLATE);
        assertThat(xenstore.read(nodes.libxlEntry() + "/params")).isEqualTo("/dev/other");
    }

    @Test
    void aDomainThatIsDestroyedBetweenItsNodesAndItsEntryHasNoEntryToRemove() throws Exception {
        xenstore.write(nodes.libxlEntry() + "/backend", disk.backend().toString());
        Target target = new Target(GUEST, LIFE, disk.key(), disk.backend());
        LibxlToolstack patient = new LibxlToolstack(xenstore, daemon.socket(), directory, Limits.LIBXL, HOST);
        DomainLock destroying = DomainLock.acquire(new DomainFiles(directory, 7, UUID), Duration.ZERO, () -> true);
        CompletableFuture<Void> removal;
        try {
            removal = CompletableFuture.runAsync(() -> patient.removeEntries(target, null), workers);
            Awaitility.await()
                    .until(() -> Premises.value(guests, nodes.libxlEntry()).isEmpty());
            guests.remove("/local/domain/7/vm");
            Files.delete(template());
        } finally {
            destroying.close();
        }
        assertThat(removal).succeedsWithin(Duration.ofSeconds(20));
        assertThat(leftovers()).isEmpty();
    }

    private List<PlannedNode> planned() {
        return nodes.nodes().stream()
                .map(node -> new PlannedNode(node.path(), node.value(), text(node.permissions())))
                .toList();
    }

    private OperationState plug(String operation) throws Exception {
        List<PlannedNode> planned = planned();
        return operations
                .start(
                        GUEST,
                        operation,
                        () -> new StartHotplug(
                                GUEST,
                                new HotplugStarted(
                                        by(),
                                        operation,
                                        LIFE,
                                        disk.key(),
                                        SELF,
                                        disk.entry(),
                                        null,
                                        planned,
                                        deadline())))
                .get(30, TimeUnit.SECONDS);
    }

    private OperationState unplug(String operation, boolean force) throws Exception {
        return operations
                .start(
                        GUEST,
                        operation,
                        () -> new StartUnplug(
                                GUEST, new UnplugStarted(by(), operation, LIFE, disk.key(), SELF, deadline(), force)))
                .get(30, TimeUnit.SECONDS);
    }

    /** Every node with its value, below a path. */
    private List<String> tree(String path) {
        return Premises.value(xenstore, path).isEmpty()
                ? List.of()
                : xenstore.children(path).stream()
                        .sorted()
                        .flatMap(name -> {
                            String child = path.equals("/") ? "/" + name : path + "/" + name;
                            String own = child + "="
                                    + Premises.value(xenstore, child).orElse("");
                            return Stream.concat(Stream.of(own), tree(child).stream());
                        })
                        .toList();
    }

    private List<String> leftovers() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("userdata-") && !name.startsWith("userdata-d."))
                    .toList();
        }
    }

    private void script(String line) throws IOException {
        Path script = directory.resolve("block");
        Files.writeString(script, "#!/bin/sh\n[ \"$1\" = remove ] && exit 0\n" + line + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    private Path template() {
        return directory.resolve("userdata-d.7." + UUID + ".libxl-json");
    }

    private static String text(List<XenstorePermission> permissions) {
        return String.join(
                ",", permissions.stream().map(XenstorePermission::toString).toList());
    }

    private static Provenance by() {
        return new Provenance("alice", HOST, "a test", Instant.now());
    }

    private static Instant deadline() {
        return Instant.now().plusSeconds(60);
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
