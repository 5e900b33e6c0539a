// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xenledger.domain.device.LiveCondition.ABSENT;
import static org.xenledger.domain.device.LiveCondition.CLOSED;
import static org.xenledger.domain.device.LiveCondition.CLOSING;
import static org.xenledger.domain.device.LiveCondition.CONNECTED;
import static org.xenledger.domain.device.LiveCondition.INITIALISING;
import static org.xenledger.domain.device.LiveCondition.PARTIAL;
import static org.xenledger.domain.device.LiveCondition.READY;
import static org.xenledger.domain.device.LiveCondition.SCRIPT_FAILED;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DeviceShapeTest {
    private static final DeviceShape DISK = DeviceShape.of(DeviceKind.VBD, "vbd");

    /** The columns: whether /libxl, a backend, a script, an entry are due; whether states move; whether we plug it. */
    @ParameterizedTest
    @CsvSource({
        "VBD,         vbd,         yes, yes, yes, yes, yes, yes",
        "VBD,         vbd3,        yes, yes, yes, yes, yes, no",
        "VBD,         qdisk,       yes, yes, no,  yes, yes, no",
        "VIRTIO_DISK, virtio_disk, yes, yes, no,  yes, yes, no",
        "VIF,         vif,         yes, yes, yes, yes, yes, yes",
        "VTPM,        vtpm,        yes, yes, no,  yes, yes, no",
        "VUSB,        vusb,        yes, yes, no,  yes, yes, no",
        "VUSB,        qusb,        yes, yes, no,  yes, yes, no",
        "VUSB,        '',          yes, no,  no,  yes, no,  no",
        "PCI,         pci,         no,  yes, no,  yes, yes, no",
        "VDISPL,      vdispl,      yes, yes, no,  yes, yes, no",
        "VSND,        vsnd,        yes, yes, no,  yes, yes, no",
        "VIRTIO,      virtio,      yes, yes, no,  no,  yes, no",
        "NINE_PFS,    9pfs,        yes, yes, no,  no,  yes, no",
        "NINE_PFS,    xen_9pfs,    yes, yes, no,  no,  yes, no",
        "VKBD,        vkbd,        yes, yes, no,  no,  yes, no",
        "VKBD,        vinput,      yes, yes, no,  no,  yes, no",
        "VFB,         vfb,         yes, yes, no,  no,  yes, no",
        "CONSOLE,     console,     yes, yes, no,  no,  no,  no",
        "VUART,       vuart,       yes, yes, no,  no,  no,  no",
        "PVCALLS,     pvcalls,     yes, yes, no,  no,  yes, no",
    })
    void eachKindAndBackendHasItsShape(
            DeviceKind kind,
            String backend,
            String libxl,
            String path,
            String script,
            String entry,
            String moves,
            String pluggable) {
        assertThat(DeviceShape.of(kind, backend))
                .isEqualTo(new DeviceShape(
                        libxl.equals("yes"),
                        path.equals("yes"),
                        script.equals("yes"),
                        entry.equals("yes"),
                        moves.equals("yes"),
                        pluggable.equals("yes")));
        if (!backend.isEmpty()) {
            assertThat(DeviceKind.ofBackend(backend)).contains(kind);
        }
    }

    @Test
    void everyKindHasABackendOfItsOwnNameAndNoNameMeansTwo() {
        Set<DeviceKind> served = List.of(
                        "vbd",
                        "virtio_disk",
                        "vif",
                        "vtpm",
                        "vusb",
                        "pci",
                        "vdispl",
                        "vsnd",
                        "virtio",
                        "9pfs",
                        "vkbd",
                        "vfb",
                        "console",
                        "vuart",
                        "pvcalls")
                .stream()
                .map(name -> DeviceKind.ofBackend(name).orElseThrow())
                .collect(Collectors.toSet());
        assertThat(served).containsExactlyInAnyOrder(DeviceKind.values());
        assertThat(DeviceKind.ofBackend("tap")).isEmpty();
        assertThat(DeviceKind.ofNode("vbd3")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "UNKNOWN,       UNKNOWN,      INITIALISING",
        "INITIALISING,  INITIALISING, INITIALISING",
        "INITIALISING,  INIT_WAIT,    READY",
        "INITIALISED,   INIT_WAIT,    READY",
        "INITIALISED,   INITIALISED,  READY",
        "INITIALISED,   CONNECTED,    READY",
        "UNKNOWN,       CONNECTED,    READY",
        "CONNECTED,     CONNECTED,    CONNECTED",
        "CONNECTED,     RECONFIGURED, CONNECTED",
        "CONNECTED,     CLOSING,      CLOSING",
        "CLOSING,       CONNECTED,    CLOSING",
        "CLOSED,        CLOSING,      CLOSING",
        "CLOSED,        INIT_WAIT,    CLOSING",
        "CLOSED,        CLOSED,       CLOSED",
        "CONNECTED,     CLOSED,       CLOSED",
    })
    void theTwoStatesSayHowADeviceStands(XenbusState frontend, XenbusState backend, LiveCondition expected) {
        assertThat(DISK.conditionOf(live(true, true, frontend, backend, ScriptStatus.SUCCEEDED)))
                .isEqualTo(expected);
    }

    @Test
    void whatIsThereIsJudgedByTheTwoPathsOnly() {
        assertThat(DISK.conditionOf(at(false, false))).isEqualTo(ABSENT);
        assertThat(DISK.conditionOf(at(true, false))).isEqualTo(PARTIAL);
        assertThat(DISK.conditionOf(at(false, true))).isEqualTo(PARTIAL);
        assertThat(DISK.conditionOf(at(true, true))).isEqualTo(CONNECTED);
    }

    @Test
    void aFailedScriptCountsOnlyWhereAScriptIsDue() {
        LiveDevice failed = live(true, true, XenbusState.INITIALISING, XenbusState.INIT_WAIT, ScriptStatus.FAILED);
        assertThat(DISK.conditionOf(failed)).isEqualTo(SCRIPT_FAILED);
        assertThat(DeviceShape.of(DeviceKind.VBD, "qdisk").conditionOf(failed)).isEqualTo(READY);
    }

    @Test
    void aConsoleAtState1IsInOrder() {
        LiveDevice still =
                live(true, true, XenbusState.INITIALISING, XenbusState.INITIALISING, ScriptStatus.NOT_REPORTED);
        DeviceShape console = DeviceShape.of(DeviceKind.CONSOLE, "console");
        assertThat(console.conditionOf(still)).isEqualTo(CONNECTED);
        assertThat(console.inOrder(still)).isTrue();
        assertThat(DISK.conditionOf(still)).isEqualTo(INITIALISING);
        assertThat(DISK.inOrder(still)).isFalse();
    }

    @Test
    void pciIsThereWithoutALibxlEntry() {
        DeviceShape pci = DeviceShape.of(DeviceKind.PCI, "pci");
        assertThat(pci.conditionOf(at(false, true))).isEqualTo(CONNECTED);
        assertThat(pci.conditionOf(at(true, false))).isEqualTo(PARTIAL);
    }

    @Test
    void anEmulatedUsbControllerHasOnlyItsLibxlEntry() {
        DeviceShape usb = DeviceShape.of(DeviceKind.VUSB, "");
        LiveDevice controller = live(true, false, XenbusState.UNKNOWN, XenbusState.UNKNOWN, ScriptStatus.NOT_REPORTED);
        assertThat(usb.conditionOf(controller)).isEqualTo(CONNECTED);
        assertThat(usb.inOrder(controller)).isTrue();
        assertThat(DeviceShape.of(DeviceKind.VUSB, "vusb").conditionOf(controller))
                .isEqualTo(PARTIAL);
    }

    @Test
    void aQdiskIsInOrderWithoutAScript() {
        LiveDevice silent = live(true, true, XenbusState.CONNECTED, XenbusState.CONNECTED, ScriptStatus.NOT_REPORTED);
        assertThat(DeviceShape.of(DeviceKind.VBD, "qdisk").inOrder(silent)).isTrue();
        assertThat(DISK.inOrder(silent)).isFalse();
    }

    @Test
    void aDeviceThatIsToGoIsNotInOrder() {
        LiveDevice toGo = new LiveDevice(
                true, true, XenbusState.CONNECTED, XenbusState.CONNECTED, Online.NO, ScriptStatus.SUCCEEDED, "");
        assertThat(DISK.inOrder(toGo)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(DeviceKind.class)
    void anyStatesOfAnyKindGiveACondition(DeviceKind kind) {
        for (XenbusState front : XenbusState.values()) {
            for (XenbusState back : XenbusState.values()) {
                LiveDevice live = live(true, true, front, back, ScriptStatus.SUCCEEDED);
                LiveCondition condition = DeviceShape.of(kind, "any").conditionOf(live);
                assertThat(condition).isIn(INITIALISING, READY, CONNECTED, CLOSING, CLOSED);
            }
        }
        assertThat(Arrays.stream(LiveCondition.values()).map(LiveCondition::words))
                .doesNotHaveDuplicates();
    }

    private static LiveDevice at(boolean libxl, boolean backend) {
        return live(libxl, backend, XenbusState.CONNECTED, XenbusState.CONNECTED, ScriptStatus.SUCCEEDED);
    }

    private static LiveDevice live(
            boolean libxl, boolean backend, XenbusState front, XenbusState back, ScriptStatus script) {
        return new LiveDevice(libxl, backend, front, back, Online.YES, script, "");
    }
}
