// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.device.XenbusState;
import org.xenledger.toolstack.spec.DiskSpec;
import org.xenledger.toolstack.spec.NicDefaults;
import org.xenledger.toolstack.spec.NicSpec;
import org.xenledger.xenstore.DaemonKind;
import org.xenledger.xenstore.DaemonUnderTest;
import org.xenledger.xenstore.client.XenstoreClient;

/** The simulated host leaves what a real one left, node by node and file by file, on each daemon. */
@ParameterizedClass(name = "{0}")
@EnumSource(DaemonKind.class)
class SimulatedHostTest {
    private static final String UUID = "7c202151-502b-47dc-8a46-01eec03c037f";
    private static final GuestPlan GUEST = new GuestPlan(
            "guest1", UUID, 2, 262_144, List.of(disk("xvda", "disk1")), List.of(nic("00:16:3e:11:11:01")));
    private static final String TEMPLATE = "userdata-d.1." + UUID + ".libxl-json";
    private static final String LOCK = "userdata-l.1." + UUID + ".domain-userdata-lock";
    private static final Duration LONG = Duration.ofSeconds(60);

    @Parameter
    DaemonKind kind;

    @TempDir
    private Path userdata;

    private DaemonUnderTest daemon;
    private XenstoreClient client;
    private SimulatedHost host;

    @BeforeEach
    void start() {
        daemon = kind.start();
        client = XenstoreClient.open(daemon.socket(), LONG);
        host = new SimulatedHost(
                client,
                userdata,
                new DaemonHypervisor(daemon),
                InstantSource.fixed(Instant.ofEpochSecond(1_795_387_737L)));
        host.knobs().patience(LONG);
    }

    @AfterEach
    void stop() {
        if (daemon != null) {
            host.close();
            client.close();
            daemon.close();
        }
    }

    @Test
    void aNewDomainIsWhatXlCreateLeaves() throws Exception {
        assertThat(host.create(GUEST)).isEqualTo(1);
        awaitConnected("vbd/51712", "vif/0");

        assertThat(Moment.live(client).nodes())
                .isEqualTo(Moment.captured("y-c-xenstored/after-create").nodes());
        assertFile(TEMPLATE, "y-c-xenstored/after-create");
        assertFile("userdata-d.0.00000000-0000-0000-0000-000000000000.libxl-json", "y-c-xenstored/after-create");
        assertThat(userdata).isDirectoryNotContaining("glob:**userdata-[nl].*");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(userdata.resolve(TEMPLATE))))
                .isEqualTo("rw-------");
        assertThat(client.isIntroduced(1)).isTrue();
    }

    @Test
    void aDiskThatIsAttachedAndDetachedLeavesWhatXlLeaves() throws Exception {
        host.create(GUEST);
        host.attachDisk(1, disk("xvdb", "disk3"));
        awaitConnected("vbd/51712", "vif/0", "vbd/51728");
        assertThat(Moment.live(client).nodes())
                .isEqualTo(Moment.captured("y-c-xenstored/after-attach").nodes());
        assertFile(TEMPLATE, "y-c-xenstored/after-attach");
        assertThatThrownBy(() -> host.attachDisk(1, disk("xvdb", "disk3")))
                .isInstanceOf(SimulationException.class)
                .hasMessage("domain 1 has a device vbd/51728 already");

        host.detach(1, DeviceKey.parse("vbd/51728"));
        assertThat(Moment.live(client).nodes())
                .isEqualTo(Moment.captured("y-c-xenstored/after-detach").nodes());
        assertFile(TEMPLATE, "y-c-xenstored/after-detach");
    }

    @Test
    void aNicThatIsAttachedIsWhatXlLeaves() {
        host.create(GUEST);
        host.attachNic(1, nic("00:16:3e:11:11:02"));
        awaitConnected("vif/1");
        assertThat(Moment.live(client).device("vif/1"))
                .isNotEmpty()
                .isEqualTo(Moment.captured("c-network-attach-detach/during/cap-after-attach")
                        .device("vif/1"));
        host.detach(1, DeviceKey.parse("vif/1"));
        assertThat(Moment.live(client).device("vif/1")).isEmpty();
    }

    @Test
    void aDestroyedDomainLeavesWhatXlDestroyLeaves() {
        host.create(GUEST);
        host.destroy(1);
        assertThat(Moment.live(client).nodes())
                .isEqualTo(Moment.captured("y-c-xenstored/after-destroy").nodes());
        assertThat(userdata).isDirectoryNotContaining("glob:**" + UUID + "*");
        awaitThat(() -> !client.isIntroduced(1));
    }

    @Test
    void aRebootedDomainHasAnotherDomidAndTheSameUuid() {
        host.create(GUEST);
        assertThat(host.reboot(1, GUEST)).isEqualTo(2);
        assertThat(client.read("/local/domain/2/vm")).isEqualTo("/vm/" + UUID);
        assertThat(client.children("/local/domain")).doesNotContain("1");
        assertThat(userdata.resolve(TEMPLATE.replace(".1.", ".2."))).exists();
        assertThat(userdata.resolve(TEMPLATE)).doesNotExist();
    }

    @Test
    void libxlThatDiesBeforeItsCommitLeavesTheTemplateAndTheLockOnly() throws Exception {
        host.create(GUEST);
        awaitConnected("vbd/51712", "vif/0");
        dies(Step.TEMPLATE_WRITTEN, () -> host.attachDisk(1, disk("xvdd", "disk3")));

        assertThat(Moment.live(client).nodes())
                .isEqualTo(Moment.captured("y-c-xenstored/after-create").nodes());
        assertThat(Files.readString(userdata.resolve(TEMPLATE))).contains("\"vdev\": \"xvdd\"");
        assertThat(userdata.resolve(LOCK)).isEmptyFile();
        // nobody is locked out by it
        host.attachDisk(1, disk("xvdd", "disk3"));
        assertThat(userdata.resolve(LOCK)).doesNotExist();
    }

    @Test
    void libxlThatDiesAfterItsCommitLeavesADeviceWithoutItsScript() {
        host.create(GUEST);
        dies(Step.COMMITTED, () -> host.attachDisk(1, disk("xvde", "disk3")));
        awaitThat(() -> state("/local/domain/1/device/vbd/51776").equals("3"));
        assertThat(Moment.live(client).device("vbd/51776"))
                .isNotEmpty()
                .isEqualTo(Moment.captured("e2-attach-kill-after-commit/after").device("vbd/51776"));
    }

    @Test
    void libxlThatDiesAfterItToldTheBackendToCloseLeavesItClosed() {
        host.create(GUEST);
        host.attachDisk(1, disk("xvdb", "disk3"));
        awaitConnected("vbd/51728");
        dies(Step.TOLD_TO_CLOSE, () -> host.detach(1, DeviceKey.parse("vbd/51728")));
        awaitThat(() -> state("/local/domain/0/backend/vbd/1/51728").equals("6"));
        assertThat(state("/local/domain/1/device/vbd/51728")).isEqualTo("6");
        assertThat(client.read("/local/domain/0/backend/vbd/1/51728/online")).isEqualTo("0");
        assertThat(client.read("/libxl/1/device/vbd/51728/frontend")).isNotEmpty();
    }

    @Test
    void aDomainWhoseMakingDiesHasNoTemplate() {
        dies(Step.DEVICES_ADDED, () -> host.create(GUEST));
        assertThat(userdata.resolve(TEMPLATE)).doesNotExist();
        assertThat(client.isIntroduced(1)).isTrue();
        host.destroy(1);
        assertThat(client.children("/local/domain")).containsExactly("0");
    }

    @Test
    void aScriptThatFailsLeavesItsReasonAndTheDevice() {
        host.create(GUEST);
        host.knobs().scriptError("deliberate failure of block-fail (add)");
        ObjectNode disk = disk("xvdl", "disk3").put("script", "block-fail");
        assertThatThrownBy(() -> host.attachDisk(1, disk)).isInstanceOf(SimulationException.class);
        awaitThat(() -> state("/local/domain/1/device/vbd/51888").equals("3"));
        assertThat(Moment.live(client).device("vbd/51888"))
                .isNotEmpty()
                .isEqualTo(Moment.captured("f1-hotplug-script-fatal/after").device("vbd/51888"));
    }

    @Test
    void aGuestThatRefusesNeitherConnectsNorLetsGo() {
        host.create(GUEST);
        DeviceKey disk = DeviceKey.parse("vbd/51728");
        host.knobs().one(DeviceEnd.FRONTEND, 1, disk, Conduct.REFUSES);
        host.attachDisk(1, disk("xvdb", "disk3"));
        host.knobs().patience(Duration.ofMillis(50));
        assertThatThrownBy(() -> host.detach(1, disk))
                .isInstanceOf(SimulationException.class)
                .hasMessage("domain 1 does not let go of vbd/51728");
        assertThat(state("/local/domain/1/device/vbd/51728")).isEqualTo("1");
        assertThat(state("/local/domain/0/backend/vbd/1/51728")).isEqualTo("5");
    }

    @Test
    void anEndThatDiesStaysWhereItWas() {
        host.create(GUEST);
        DeviceKey disk = DeviceKey.parse("vbd/51728");
        host.knobs().one(DeviceEnd.BACKEND, 1, disk, Conduct.diesAfter(XenbusState.INIT_WAIT));
        host.attachDisk(1, disk("xvdb", "disk3"));
        awaitThat(() -> state("/local/domain/1/device/vbd/51728").equals("3"));
        assertThat(state("/local/domain/0/backend/vbd/1/51728")).isEqualTo("2");
    }

    @Test
    void aSlowEndGetsThereInTime() {
        host.knobs().all(DeviceEnd.BACKEND, Conduct.slow(Duration.ofMillis(30)));
        host.create(GUEST);
        awaitConnected("vbd/51712", "vif/0");
        host.destroy(1);
        assertThat(client.children("/local/domain")).containsExactly("0");
    }

    @Test
    void aHostThatLeavesTakesEverythingWithIt() throws Exception {
        host.create(GUEST);
        try (Flood flood = host.flood(1)) {
            awaitThat(() -> NodeWriter.exists(client, "/local/domain/1/data/flood/n20"));
            assertThat(flood).isNotNull();
        }
        host.leave();
        assertThat(client.children("/")).doesNotContain("local", "vm", "libxl");
        assertThat(userdata).isEmptyDirectory();
    }

    /** Anyone may write such a node, and each look at all devices comes by it. */
    @Test
    void aNumberThatNoDeviceHasIsNoDevice() {
        assertThat(uncaughtWhile(() -> {
                    client.write("/local/domain/0/backend/vbd/1/99999999999/state", "1");
                    client.write("/local/domain/0/backend/vbd/99999999999/51712/state", "1");
                    client.write("/local/domain/99999999999/device/vbd/51712/state", "1");
                    host.create(GUEST);
                    awaitConnected("vbd/51712", "vif/0");
                }))
                .isEmpty();
    }

    /** Had a turn been left without its client, its thread would end with an exception that nobody takes. */
    @Test
    void aHostThatIsClosedWhileItsKernelsWorkEndsInPeace() {
        assertThat(uncaughtWhile(this::closeHostsAtWork)).isEmpty();
    }

    private void closeHostsAtWork() {
        try (XenstoreClient other = XenstoreClient.open(daemon.socket())) {
            host.create(GUEST);
            for (int i = 0; i < 20; i++) {
                XenstoreClient brief = XenstoreClient.open(daemon.socket(), LONG);
                SimulatedKernels kernels = new SimulatedKernels(brief, host.knobs());
                for (int n = 0; n < 20; n++) {
                    other.write("/local/domain/0/backend/vbd/1/51712/online", "1");
                }
                kernels.close();
                brief.close();
            }
        }
    }

    private static List<Throwable> uncaughtWhile(Runnable action) {
        List<Throwable> uncaught = Collections.synchronizedList(new ArrayList<>());
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> uncaught.add(failure));
        try {
            action.run();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
        return uncaught;
    }

    private void dies(Step step, Runnable act) {
        host.knobs().dieAfter(step);
        assertThatExceptionOfType(DiedException.class)
                .isThrownBy(act::run)
                .satisfies(died -> assertThat(died.step()).isEqualTo(step));
    }

    private void awaitConnected(String... devices) {
        for (String device : devices) {
            awaitThat(() -> state("/local/domain/1/device/" + device).equals("4")
                    && state("/local/domain/0/backend/" + device.replace("/", "/1/"))
                            .equals("4"));
        }
    }

    private String state(String directory) {
        return NodeWriter.valueOf(client, directory + "/state");
    }

    private static void awaitThat(BooleanSupplier condition) {
        await().atMost(LONG).until(condition::getAsBoolean);
    }

    private void assertFile(String name, String capture) throws IOException {
        assertThat(Files.readString(userdata.resolve(name)))
                .isEqualTo(Files.readString(Moment.userdata(capture).resolve(name)));
    }

    private static ObjectNode disk(String vdev, String file) {
        return DiskSpec.parse(List.of("vdev=" + vdev, "format=raw", "access=rw", "target=/srv/xen/" + file + ".img"));
    }

    private static ObjectNode nic(String mac) {
        return NicSpec.parse(List.of("mac=" + mac, "bridge=xenbr0"), NicDefaults.NONE);
    }
}
