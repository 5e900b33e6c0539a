// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xenledger.xenstore.Stores.BACKEND_DISK;
import static org.xenledger.xenstore.Stores.FRONTEND_DISK;
import static org.xenledger.xenstore.Stores.LIBXL_DISK;
import static org.xenledger.xenstore.Stores.UUID;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenledger.domain.Knobs;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.device.DeviceKind;
import org.xenledger.domain.device.LiveCondition;
import org.xenledger.domain.device.XenbusState;
import org.xenledger.domain.view.LiveView;
import org.xenledger.domain.view.SeenDevice;

class LiveViewsTest {
    private static final DeviceKey DISK = new DeviceKey(DeviceKind.VBD, 51712);

    @Test
    void aGuestIsReadWithItsKnobsAndItsDevices() {
        LiveView guest = Stores.running().guest();
        assertThat(guest.name()).isEqualTo("guest1");
        assertThat(guest.vmUuid()).isEqualTo(UUID);
        assertThat(guest.startTime()).isEqualTo("1795300000.25");
        assertThat(guest.knobs()).isEqualTo(new Knobs(1048576L, 2097152L, List.of(0, 2, 10)));
        assertThat(guest.whole()).isTrue();
        assertThat(guest.devices()).containsOnlyKeys(DISK);
        SeenDevice disk = guest.devices().get(DISK);
        assertThat(disk.condition()).isEqualTo(LiveCondition.CONNECTED);
        assertThat(disk.attributes())
                .containsOnlyKeys("backend", "frontend", "params")
                .containsEntry("params", "/dev/vg/a");
    }

    @Test
    void aDomidIsListedForItsHomeOrItsLibxlEntry() {
        Stores store = Stores.running()
                .set("/libxl/9", "")
                .set("/libxl/xl", "")
                .set("/local/domain/08", "")
                .set("/local/domain/x", "");
        assertThat(store.views().domains()).extracting(LiveView::domid).containsExactly(0, 7, 9);
        assertThat(store.domain(9).home()).isFalse();
        assertThat(store.domain(9).name()).isNull();
        assertThat(store.domain(0).libxl()).isFalse();
    }

    @Test
    void backendDirectoriesOfDomidsThatAreGoneAreLeftovers() {
        Stores store =
                Stores.running().set("/local/domain/0/backend/vif/9", "").set("/local/domain/0/backend/vif/x", "");
        assertThat(store.views().store().leftovers()).containsExactly("/local/domain/0/backend/vif/9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/vm/x", "/vm/../local", "/vm/5814E8A6-6120-43fd-bb68-051553960d55", "/vm"})
    void aVmOfAnotherFormNamesNoUuid(String vm) {
        LiveView guest = Stores.running().set("/local/domain/7/vm", vm).guest();
        assertThat(guest.vmUuid()).isEmpty();
        assertThat(guest.startTime()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1e3", "0x10", " 1", "9999999999999999999"})
    void aKnobOfAnotherFormIsNotKnown(String text) {
        assertThat(Stores.running()
                        .set("/local/domain/7/memory/target", text)
                        .guest()
                        .knobs()
                        .memoryTargetKib())
                .isNull();
    }

    @Test
    void aNameIsUtf8AndOtherBytesStayOneCharacterEach() {
        String utf8 = new String("g\u00e4st".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertThat(Stores.running().set("/local/domain/7/name", utf8).guest().name())
                .isEqualTo("g\u00e4st");
        assertThat(Stores.running()
                        .set("/local/domain/7/name", "g\u00e4st")
                        .guest()
                        .name())
                .isEqualTo("g\u00e4st");
        assertThat(Stores.running()
                        .set("/local/domain/7/name", "\u00ff\u0000\u001b")
                        .guest()
                        .name())
                .isEqualTo("\u00ff\u0000\u001b");
    }

    @Test
    void aGuestThatDeletesItsFrontendChangesItsStateAndNothingElse() {
        SeenDevice before = Stores.running().guest().devices().get(DISK);
        Stores store = Stores.running().remove("/local/domain/7/device");
        assertThat(store.guest().devices()).containsOnlyKeys(DISK);
        assertThat(store.guest().devices().get(DISK)).isEqualTo(Stores.withFrontend(before, XenbusState.UNKNOWN));
    }

    @Test
    void whereverTheGuestsOwnPointerLeadsNobodyFollows() {
        SeenDevice before = Stores.running().guest().devices().get(DISK);
        Stores store = Stores.running()
                .set(FRONTEND_DISK + "/backend", "/local/domain/7/data/fake")
                .set("/local/domain/7/data/fake/state", "6")
                .set("/local/domain/7/data/fake/online", "0")
                .set(FRONTEND_DISK + "/online", "0")
                .set(FRONTEND_DISK + "/hotplug-status", "error")
                .set(FRONTEND_DISK + "/virtual-device", "1");
        assertThat(store.guest().devices().get(DISK)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/local/domain/7/data/backend",
                "/local/domain/0/backend/vbd/8/51712",
                "/local/domain/0/backend/vbd/7/51728",
                "/local/domain/0/backend/vif/7/51712",
                "/local/domain/0/backend/nonsense/7/51712",
                "/local/domain/0/backend/vbd/7/051712",
                "/local/domain/00/backend/vbd/7/51712",
                "/local/domain/0/backend/vbd/7/51712/",
                "/local/domain/0/backend/vbd/7/51712\n",
                "local/domain/0/backend/vbd/7/51712",
            })
    void aBackendPointerThatIsNotThisDevicesMakesItUnreadable(String pointer) {
        LiveView guest = Stores.running().set(LIBXL_DISK + "/backend", pointer).guest();
        assertThat(guest.devices().get(DISK).condition()).isEqualTo(LiveCondition.UNREADABLE);
    }

    @Test
    void aMissingPointerMakesADeviceUnreadableUnlessItMayLackABackend() {
        Stores store =
                Stores.running().remove(LIBXL_DISK + "/backend").set("/libxl/7/device/vusb/0/type", "devicemodel");
        assertThat(store.guest().devices().get(DISK).readable()).isFalse();
        SeenDevice usb = store.guest().devices().get(new DeviceKey(DeviceKind.VUSB, 0));
        assertThat(usb.condition()).isEqualTo(LiveCondition.CONNECTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/libxl/7/device/vbd/007",
                "/libxl/7/device/vbd/-1",
                "/libxl/7/device/vbd/2147483648",
                "/libxl/7/device/vbd/x",
                "/libxl/7/device/vbd3/51713",
                "/libxl/7/device/nonsense/1",
                "/local/domain/0/backend/vbd/7/051713",
                "/local/domain/0/backend/vbd/7/2147483648",
                "/local/domain/0/backend/nonsense/7/1",
                "/local/domain/7/device/vbd/51713",
                "/local/domain/7/backend/vbd/7/51713",
                "/local/domain/3/backend/vbd/7/51713",
            })
    void otherIdsKindsAndPlacesListNoDevice(String path) {
        LiveView guest = Stores.running().set(path + "/state", "4").guest();
        assertThat(guest.devices()).containsOnlyKeys(DISK);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 999_999_999, 2_139_999_999, 2_140_000_000, Integer.MAX_VALUE})
    void everyNumberThatXenstoreMayHaveIsRead(int id) {
        assertThat(Stores.running().device("vbd", "vbd", 0, id).guest().devices())
                .containsKey(new DeviceKey(DeviceKind.VBD, id));
    }

    @Test
    void aBackendThatNoLibxlEntryNamesIsListedAsHalfADevice() {
        LiveView guest = Stores.running().remove(LIBXL_DISK).guest();
        SeenDevice alone = guest.devices().get(DISK);
        assertThat(alone.condition()).isEqualTo(LiveCondition.PARTIAL);
        assertThat(alone.attributes()).isEqualTo(Map.of("backend", BACKEND_DISK));
    }

    @Test
    void pciIsReadFromItsBackend() {
        LiveView guest = Stores.running()
                .set("/local/domain/0/backend/pci/7/0/dev-0", "0000:00:1f.2")
                .set("/local/domain/0/backend/pci/7/0/state-0", "4")
                .set("/local/domain/0/backend/pci/7/0/state", "4")
                .guest();
        SeenDevice pci = guest.devices().get(new DeviceKey(DeviceKind.PCI, 0));
        assertThat(pci.attributes()).containsEntry("dev-0", "0000:00:1f.2").doesNotContainKeys("state", "state-0");
        assertThat(pci.condition()).isEqualTo(LiveCondition.READY);
    }

    @Test
    void theFirstConsoleAndAUartHaveTheirOwnPlaces() {
        Stores store = Stores.running()
                .device("console", "console", 0, 0)
                .device("vuart", "vuart", 0, 0)
                .remove("/local/domain/7/device/vuart")
                .set("/local/domain/7/console/state", "1")
                .set("/local/domain/7/vuart/0/state", "1");
        for (DeviceKind kind : List.of(DeviceKind.CONSOLE, DeviceKind.VUART)) {
            SeenDevice device = store.guest().devices().get(new DeviceKey(kind, 0));
            assertThat(device.live().frontend()).isEqualTo(XenbusState.INITIALISING);
            assertThat(device.readable()).isTrue();
        }
    }

    @Test
    void aBackendInADriverDomainIsFollowedThere() {
        SeenDevice nic =
                Stores.running().device("vif", "vif", 3, 0).guest().devices().get(new DeviceKey(DeviceKind.VIF, 0));
        assertThat(nic.backendDomid()).isEqualTo(3);
        assertThat(nic.condition()).isEqualTo(LiveCondition.CONNECTED);
    }

    @Test
    void aDriverDomainThatIsReadOnlyInPartMakesItsDevicesUnreadableAndNoOthers() {
        LiveView guest = Stores.running()
                .device("vif", "vif", 3, 0)
                .remove("/local/domain/3/backend")
                .guest("/local/domain/3");
        assertThat(guest.whole()).isTrue();
        assertThat(guest.devices().get(new DeviceKey(DeviceKind.VIF, 0)).readable())
                .isFalse();
        assertThat(guest.devices().get(DISK).readable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/local/domain",
                "/local/domain/7",
                "/local/domain/7/vm",
                "/local/domain/7/memory/target",
                "/libxl",
                "/libxl/7/device",
                "/local/domain/0",
                "/local/domain/0/backend",
                "/local/domain/0/backend/vif",
                "/local/domain/0/backend/vif/7",
                "/vm/" + Stores.UUID + "/start_time",
            })
    void aLookThatMissesAPartOfADomainIsNotWhole(String cut) {
        LiveView guest = Stores.running().guest(cut);
        assertThat(guest.whole()).isFalse();
        assertThat(guest.unread()).isEqualTo(cut + ": more nodes than are read at once");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/tool",
                "/local/domain/8",
                "/libxl/8",
                "/local/domain/0/backend/vbd/8",
                "/local/domain/0/backend/vbd/70/51712",
                "/local/domain/0/data",
                "/vm/" + "3fae1c1e-5d0b-4f0c-9a60-1b2c3d4e5f60",
            })
    void aLookThatMissesAPartOfAnotherDomainIsWhole(String cut) {
        assertThat(Stores.running().guest(cut)).isEqualTo(Stores.running().guest());
    }

    @Test
    void whatTheGuestWroteIsNotNeededAndSaidToBeUnread() {
        LiveView guest = Stores.running().guest("/local/domain/7/data/x");
        assertThat(guest.whole()).isTrue();
        assertThat(guest.devices()).isEqualTo(Stores.running().guest().devices());
        assertThat(guest.unread()).isEqualTo("/local/domain/7/data/x: more nodes than are read at once");
    }

    @Test
    void aBackendThatWasNotReadMakesItsDeviceUnreadableAndNoOther() {
        Stores store = Stores.running().device("vif", "vif", 0, 0);
        for (String cut : List.of(BACKEND_DISK, BACKEND_DISK + "/state")) {
            LiveView guest = store.guest(cut);
            assertThat(guest.whole()).isTrue();
            assertThat(guest.devices().get(DISK).readable()).isFalse();
            assertThat(guest.devices().get(new DeviceKey(DeviceKind.VIF, 0)).readable())
                    .isTrue();
        }
        LiveView alone = store.remove(LIBXL_DISK).guest(BACKEND_DISK + "/state");
        assertThat(alone.devices().get(DISK).readable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/local/domain/7/device", FRONTEND_DISK, FRONTEND_DISK + "/state"})
    void aFrontendThatWasNotReadHasAnUnknownStateAndIsAsItWas(String cut) {
        SeenDevice read = Stores.running().guest().devices().get(DISK);
        assertThat(Stores.running().guest(cut).devices())
                .isEqualTo(Map.of(DISK, Stores.withFrontend(read, XenbusState.UNKNOWN)));
        assertThat(Stores.running().guest(FRONTEND_DISK + "/ring-ref").devices())
                .isEqualTo(Map.of(DISK, read));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/local", "/local/domain", "/libxl"})
    void withoutTheListsItIsNotKnownWhichDomainsThereAre(String cut) {
        assertThat(Stores.running().views(cut).store().unlisted()).startsWith(cut + ": ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/local/domain/0", "/local/domain/7", "/libxl/7", "/vm", "/tool"})
    void belowTheListsNothingMakesAnotherDomainUncertain(String cut) {
        assertThat(Stores.running().views(cut).store().unlisted()).isEmpty();
    }

    @Test
    void ofManyPlacesThatWereNotReadThreeAreTold() {
        assertThat(Stores.running()
                        .guest("/libxl/7/a", "/libxl/7/b", "/libxl/7/c", "/libxl/7/d")
                        .unread())
                .contains("/libxl/7/a: ", "; /libxl/7/c: ")
                .endsWith("; and more");
    }

    @Test
    void aStoreWithoutItsContentIsMissingItsDirectories() {
        assertThat(Stores.running().views().store().missing()).isEmpty();
        assertThat(Stores.running().remove("/libxl").views().store().missing()).containsExactly("/libxl");
        assertThat(new Stores().set("/tool/xenstored", "").views().store().missing())
                .containsExactly("/local/domain/0", "/libxl");
    }

    @Test
    void theKeysOfADeviceAreBoundedInNumberAndLength() {
        Stores store = Stores.running().set(LIBXL_DISK + "/params", "x".repeat(5000));
        for (int i = 0; i < 300; i++) {
            store.set(LIBXL_DISK + "/key-" + i, "v").set(LIBXL_DISK + "/pcm/sub-" + i, "v");
        }
        store.set(BACKEND_DISK + "/hotplug-status", "error").set(BACKEND_DISK + "/hotplug-error", "e".repeat(5000));
        SeenDevice disk = store.guest().devices().get(DISK);
        assertThat(disk.attributes()).hasSize(200);
        assertThat(disk.attributes().values())
                .allSatisfy(value -> assertThat(value.length()).isLessThanOrEqualTo(4096));
        assertThat(disk.live().scriptError()).hasSize(1024);
    }

    @Test
    void theKeysOfADirectoryAreReadOneLevelDown() {
        assertThat(Stores.running()
                        .set(LIBXL_DISK + "/port/1", "1-2.3")
                        .set(LIBXL_DISK + "/port/1/deep", "x")
                        .guest()
                        .devices()
                        .get(DISK)
                        .attributes())
                .containsEntry("port/1", "1-2.3")
                .doesNotContainKey("port/1/deep");
    }
}
