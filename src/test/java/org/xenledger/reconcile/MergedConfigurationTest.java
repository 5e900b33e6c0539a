// SPDX-License-Identifier: Apache-2.0
package org.xenledger.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xenledger.domain.view.Views.CONNECTED;
import static org.xenledger.domain.view.Views.KNOBS;
import static org.xenledger.domain.view.Views.TEMPLATE;
import static org.xenledger.domain.view.Views.disk;
import static org.xenledger.domain.view.Views.domain;
import static org.xenledger.domain.view.Views.liveView;
import static org.xenledger.domain.view.Views.nic;
import static org.xenledger.domain.view.Views.secondDisk;
import static org.xenledger.domain.view.Views.template;
import static org.xenledger.reconcile.Merges.LIVE;
import static org.xenledger.reconcile.Merges.XVDA;
import static org.xenledger.reconcile.Merges.drive;
import static org.xenledger.reconcile.Merges.fold;
import static org.xenledger.reconcile.Merges.knobs;
import static org.xenledger.reconcile.Merges.life;
import static org.xenledger.reconcile.Merges.merged;
import static org.xenledger.reconcile.Merges.withDisks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenledger.domain.Knobs;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.device.DeviceKind;
import org.xenledger.domain.state.DomainState;
import org.xenledger.domain.view.LiveView;
import org.xenledger.domain.view.SeenDevice;
import org.xenledger.domain.view.TemplateView;
import org.xenledger.domain.view.Views;
import org.xenledger.reconcile.MergedConfiguration.Source;

class MergedConfigurationTest {

    @Test
    void aGuestThatNothingChangedIsItsLibxlJson() {
        assertThat(merged(LIVE, TEMPLATE)).isEqualTo(TEMPLATE);
    }

    @Test
    void theNameIsXenstores() {
        assertThat(merged(Views.named(LIVE, "guest1x"), TEMPLATE)
                        .at("/c_info/name")
                        .asText())
                .isEqualTo("guest1x");
    }

    @Test
    void withoutANameLibxlJsonIsAsItIs() {
        LiveView nameless = Views.turned(Views.named(liveView(), null), KNOBS.withStaticMax(5L));
        assertThat(merged(nameless, TEMPLATE)).isEqualTo(TEMPLATE);
        assertThat(Merges.of(nameless, TEMPLATE).sources())
                .singleElement()
                .satisfies(source -> assertThat(source.why()).contains("no name"));
    }

    @Test
    void theOnlineVcpusAreXenstoresUpToTheMost() {
        ObjectNode tree = merged(knobs(KNOBS.withOnlineVcpus(List.of(0, 1, 2))), TEMPLATE);
        assertThat(tree.at("/b_info/avail_vcpus"))
                .isEqualTo(template("{\"a\":[0,1]}").get("a"));
        assertThat(merged(knobs(KNOBS.withOnlineVcpus(List.of(1))), TEMPLATE).at("/b_info/avail_vcpus"))
                .isEqualTo(template("{\"a\":[1]}").get("a"));
    }

    @Test
    void theVcpusOfAnHvmGuestAreLibxlJsons() {
        ObjectNode hvm = TEMPLATE.deepCopy();
        ((ObjectNode) hvm.get("c_info")).put("type", "hvm");
        MergedConfiguration merged = Merges.of(knobs(KNOBS.withOnlineVcpus(List.of(0))), hvm);
        assertThat(merged.tree().at("/b_info/avail_vcpus")).hasSize(2);
        assertThat(merged.sources()).extracting(Source::path).contains("/b_info/avail_vcpus");
    }

    @Test
    void theMaximumIsXenstores() {
        assertThat(merged(knobs(KNOBS.withStaticMax(2097152L)), TEMPLATE)
                        .at("/b_info/max_memkb")
                        .asLong())
                .isEqualTo(2097152);
    }

    /** libxl_internal.h: what the balloon target leaves out is the video memory, and 1 MiB where HVM boots with less. */
    @ParameterizedTest
    @CsvSource({
        "pv,  0,    4096, 4096, 1000",
        "pv,  0,    8192, 4096, 1000",
        "hvm, 0,    4096, 4096, 1000",
        "hvm, 0,    8192, 4096, 2024",
        "hvm, 8192, 4096, 4096, 9192",
        "hvm, 8192, 8192, 4096, 10216",
        "pvh, 16,   8192, 4096, 1016",
        "pv,  -1,   8192, 4096, 1000",
    })
    void theTargetIsXenstoresWithWhatItLeavesOut(String type, long video, long max, long target, long expected) {
        ObjectNode tree = template("{\"c_info\":{\"type\":\"%s\"},\"b_info\":{\"max_memkb\":%d,\"target_memkb\":%d}}"
                .formatted(type, max, target));
        if (video != 0) {
            ((ObjectNode) tree.get("b_info")).put("video_memkb", video);
        }
        Knobs knobs = new Knobs(1000L, null, null);
        assertThat(merged(Views.turned(liveView(), knobs), tree)
                        .at("/b_info/target_memkb")
                        .asLong())
                .isEqualTo(expected);
    }

    @Test
    void whatXenstoreDoesNotSayStaysLibxlJsons() {
        assertThat(merged(knobs(Knobs.UNKNOWN), TEMPLATE)).isEqualTo(TEMPLATE);
    }

    @Test
    void anEntryWhoseDeviceIsNotInXenstoreIsLeftOutAndSaidToBe() {
        MergedConfiguration merged = Merges.of(liveView(nic(CONNECTED)), TEMPLATE);
        assertThat(merged.tree().has("disks")).isFalse();
        assertThat(merged.tree().get("nics")).hasSize(1);
        assertThat(merged.sources()).extracting(Source::why).anyMatch(why -> why.contains("left out vbd/51712 (xvda)"));
    }

    @Test
    void anEmptyDriveInXenstoreEmptiesItsEntry() {
        ObjectNode tree = merged(liveView(drive("")), withDisks("{\"vdev\":\"xvda\",\"pdev_path\":\"/iso\"}"));
        assertThat(tree.at("/disks/0"))
                .isEqualTo(template("{\"vdev\":\"xvda\",\"pdev_path\":\"\",\"format\":\"empty\"}"));
    }

    @Test
    void otherwiseTheEntrysMediumWins() {
        ObjectNode tree = withDisks("{\"vdev\":\"xvda\",\"pdev_path\":\"/iso\"}");
        assertThat(merged(liveView(drive("aio:/other")), tree).get("disks")).isEqualTo(tree.get("disks"));
        assertThat(merged(liveView(disk(CONNECTED).withAttributes(Map.of())), tree)
                        .get("disks"))
                .isEqualTo(tree.get("disks"));
    }

    @ParameterizedTest
    @CsvSource({"xvda, xvda", "d0p0, d0p0", "51712, 51712", "hda, 51712"})
    void ofSeveralNamesOfOneDiskTheOneInXenstoreStaysElseTheLast(String dev, String expected) {
        Map<String, String> attributes = new TreeMap<>(Views.DISK_ATTRIBUTES);
        attributes.put("dev", dev);
        ObjectNode tree = withDisks(XVDA, "{\"vdev\":\"d0p0\"}", "{\"vdev\":\"51712\"}");
        assertThat(merged(liveView(disk(CONNECTED).withAttributes(attributes)), tree)
                        .get("disks"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.get("vdev").asText()).isEqualTo(expected));
    }

    @Test
    void oneBrokenEntryDoesNotHideTheOthers() {
        ObjectNode tree = withDisks("7", "{\"vdev\":\"nonsense\"}", "{}", XVDA, "null");
        assertThat(merged(LIVE, tree).get("disks")).isEqualTo(withDisks(XVDA).get("disks"));
    }

    @Test
    void aDiskThatOnlyXenstoreHasIsBuiltFromLibxlsCopy() {
        Map<String, String> keys = new TreeMap<>(Views.SECOND_DISK_ATTRIBUTES);
        keys.putAll(Map.of("type", "qdisk", "mode", "w", "removable", "1", "device-type", "cdrom"));
        keys.put("params", "qcow2:/img/b:c");
        keys.put("backend", "/local/domain/3/backend/qdisk/7/51728");
        SeenDevice second = Views.seen(Views.SECOND_DISK, CONNECTED, keys);
        assertThat(merged(liveView(disk(CONNECTED), second), withDisks(XVDA)).at("/disks/1"))
                .isEqualTo(template(
                        "{\"backend_domid\":3,\"pdev_path\":\"/img/b:c\",\"vdev\":\"xvdb\",\"backend\":\"qdisk\","
                                + "\"removable\":1,\"readwrite\":1,\"is_cdrom\":1}"));
    }

    @Test
    void thePathOfAPhysicalDiskHasNoPrefixToLose() {
        Map<String, String> keys = new TreeMap<>(Views.SECOND_DISK_ATTRIBUTES);
        keys.putAll(Map.of("type", "phy", "params", "iqn.2001:target"));
        assertThat(merged(liveView(Views.seen(Views.SECOND_DISK, CONNECTED, keys)), template("{}"))
                        .at("/disks/0/pdev_path")
                        .asText())
                .isEqualTo("iqn.2001:target");
    }

    @Test
    void aNicThatOnlyXenstoreHasIsBuiltFromLibxlsCopy() {
        Map<String, String> keys = new TreeMap<>(Views.NIC_ATTRIBUTES);
        keys.putAll(Map.of("bridge", "br0", "ip", "10.0.0.2", "type", "vif"));
        MergedConfiguration merged = Merges.of(liveView(nic(CONNECTED).withAttributes(keys)), template("{}"));
        assertThat(merged.tree().at("/nics/0"))
                .isEqualTo(template("{\"devid\":0,\"mac\":\"00:16:3e:0a:0b:0c\",\"ip\":\"10.0.0.2\",\"bridge\":\"br0\","
                        + "\"nictype\":\"vif\"}"));
        assertThat(merged.sources())
                .contains(new Source("/nics/0", "only xenstore has it: built from /libxl's own copy"));
    }

    @Test
    void aBackendWithoutItsLibxlEntryIsNotInTheConfiguration() {
        SeenDevice hidden = secondDisk(Views.WITHOUT_LIBXL_ENTRY);
        assertThat(merged(liveView(disk(CONNECTED), hidden), withDisks(XVDA)).get("disks"))
                .hasSize(1);
    }

    @Test
    void pciDevicesAreToldApartByTheirAddress() {
        SeenDevice pci = Views.seen(
                new DeviceKey(DeviceKind.PCI, 0),
                Views.with(CONNECTED, false, true),
                Map.of("backend", "/local/domain/0/backend/pci/7/0", "dev-0", "0000:00:1f.2", "dev-1", "0000:03:00.0"));
        ObjectNode tree = template("{\"pcidevs\":[{\"dev\":31,\"func\":2},{\"bus\":3},{\"bus\":4}]}");
        assertThat(merged(liveView(pci), tree).get("pcidevs"))
                .isEqualTo(template("{\"a\":[{\"dev\":31,\"func\":2},{\"bus\":3}]}")
                        .get("a"));
        assertThat(merged(liveView(), tree).has("pcidevs")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"virtios", "p9s", "dtdevs", "vfbs", "vkbs", "channels", "pvcallsifs", "rdms", "usbdevs"})
    void entriesOfTheOtherKindsPassAsTheyAre(String array) {
        ObjectNode tree = template("{\"%s\":[{\"devid\":4},{\"x\":1}]}".formatted(array));
        assertThat(merged(LIVE, tree).get(array)).isEqualTo(tree.get(array));
    }

    @ParameterizedTest
    @CsvSource({"vtpms, VTPM, vtpm", "usbctrls, VUSB, vusb", "vdispls, VDISPL, vdispl", "vsnds, VSND, vsnd"})
    void entriesOfTheMergedKindsStayWhileTheirDeviceIsThere(String array, DeviceKind kind, String backend) {
        ObjectNode tree = template("{\"%s\":[{\"devid\":0},{\"devid\":1}]}".formatted(array));
        SeenDevice first = Views.seen(
                new DeviceKey(kind, 0), CONNECTED, Map.of("backend", "/local/domain/0/backend/" + backend + "/7/0"));
        assertThat(merged(liveView(first), tree).get(array))
                .singleElement()
                .satisfies(entry -> assertThat(entry.get("devid").asInt()).isZero());
    }

    @Test
    void whereLibxlJsonIsLostTheLastOneIsShownAndSaidToBe() {
        DomainState state = fold(DomainState.unknown(Views.GUEST), domain(LIVE));
        state = fold(state, domain(LIVE, new TemplateView.Unreadable("torn")));
        MergedConfiguration merged = MergedConfiguration.of(life(state));
        assertThat(merged.tree()).isEqualTo(TEMPLATE);
        assertThat(merged.sources()).contains(new Source("", "libxl-json as last read; now torn"));
    }

    @Test
    void whereThereNeverWasOneOnlyXenstoreIsShown() {
        DomainState state = fold(DomainState.unknown(Views.GUEST), domain(LIVE, new TemplateView.None()));
        MergedConfiguration merged = MergedConfiguration.of(life(state));
        assertThat(merged.tree().get("disks")).hasSize(1);
        assertThat(merged.sources())
                .first()
                .satisfies(source -> assertThat(source.path()).isEmpty());
    }
}
