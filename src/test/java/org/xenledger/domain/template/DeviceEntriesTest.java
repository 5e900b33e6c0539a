// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.device.DeviceKind;

class DeviceEntriesTest {
    private static final DeviceKey XVDB = new DeviceKey(DeviceKind.VBD, 51728);
    private static final DeviceKey VIF1 = new DeviceKey(DeviceKind.VIF, 1);
    private static final ObjectNode NEW_DISK = json("{'pdev_path':'/new','vdev':'xvdb'}");

    @Test
    void aNewDeviceComesBehindTheOthers() {
        ObjectNode tree = json("{'nics':[{'devid':0}],'on_reboot':'restart'}");
        assertThat(DeviceEntries.with(tree, VIF1, List.of(json("{'devid':1}"))))
                .isEqualTo(json("{'nics':[{'devid':0},{'devid':1}],'on_reboot':'restart'}"));
    }

    @Test
    void aStaleEntryIsReplacedInItsPlace() {
        ObjectNode tree = json("{'disks':[{'vdev':'xvdb','pdev_path':'/old'},{'vdev':'xvdc'}]}");
        assertThat(plugged(tree).toString())
                .isEqualTo(json("{'disks':[{'pdev_path':'/new','vdev':'xvdb'},{'vdev':'xvdc'}]}")
                        .toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"51728", "d1p0", "0xca10", "0145020"})
    void anotherSpellingOfItsNumberIsTheSameDisk(String vdev) {
        ObjectNode tree = json("{'disks':[{'vdev':'xvda'},{'vdev':'" + vdev + "'}]}");
        assertThat(plugged(tree)).isEqualTo(json("{'disks':[{'vdev':'xvda'},{'pdev_path':'/new','vdev':'xvdb'}]}"));
        assertThat(DeviceEntries.with(tree, XVDB, List.of())).isEqualTo(json("{'disks':[{'vdev':'xvda'}]}"));
    }

    @Test
    void ofThreeSpellingsTheOneWithTheSameTextKeepsItsPlaceAndTheOthersGo() {
        ObjectNode tree = json("{'disks':[{'vdev':'d1p0'},{'vdev':'xvda'},{'vdev':'xvdb'},{'vdev':'51728'}]}");
        assertThat(plugged(tree)).isEqualTo(json("{'disks':[{'vdev':'xvda'},{'pdev_path':'/new','vdev':'xvdb'}]}"));
        assertThat(DeviceEntries.of(tree, XVDB))
                .extracting(entry -> entry.get("vdev").asText())
                .containsExactly("d1p0", "xvdb", "51728");
    }

    @Test
    void theFirstOfAKindMakesItsArrayWhereLibxlHasIt() {
        ObjectNode tree = json("{'c_info':{},'b_info':{},'nics':[],'of others':1,'on_reboot':'restart'}");
        assertThat(plugged(tree).toString()).startsWith("{\"c_info\":{},\"b_info\":{},\"disks\":[{");
        ObjectNode withoutNics = tree.deepCopy();
        withoutNics.remove("nics");
        assertThat(DeviceEntries.with(withoutNics, VIF1, List.of(json("{'devid':1}")))
                        .toString())
                .isEqualTo(
                        "{\"c_info\":{},\"b_info\":{},\"of others\":1,\"nics\":[{\"devid\":1}],\"on_reboot\":\"restart\"}");
    }

    @Test
    void theLastOfAKindTakesItsArrayWithIt() {
        ObjectNode tree = json("{'nics':[{'devid':1}],'x':0}");
        assertThat(DeviceEntries.with(tree, VIF1, List.of())).isEqualTo(json("{'x':0}"));
    }

    @Test
    void whatCannotBeReadAsThisDeviceStays() {
        ObjectNode tree = json("{'disks':[7,{'vdev':'nonsense'},{'pdev_path':'/x'},{'vdev':51728}]}");
        assertThat(DeviceEntries.with(tree, XVDB, List.of())).isEqualTo(tree);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pci/0", "vkbd/0", "console/0", "9pfs/0", "vuart/0"})
    void aKindWhoseEntriesCannotBeToldApartIsRefused(String device) {
        ObjectNode tree = json("{'pcidevs':[{'dev':1},{'dev':2}]}");
        assertThatThrownBy(() -> DeviceEntries.with(tree, DeviceKey.parse(device), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(device);
    }

    @Property(tries = 300)
    void whatWasThereBeforeUndoesAnyChange(@ForAll @Size(max = 6) List<@IntRange(max = 3) Integer> devids) {
        ObjectNode tree = json("{'a':1.50,'nics':[],'z':{}}");
        devids.forEach(id -> tree.withArray("nics").addObject().put("devid", id).put("n", devids.indexOf(id)));
        List<ObjectNode> before = DeviceEntries.of(tree, VIF1);
        ObjectNode plugged = DeviceEntries.with(tree, VIF1, List.of(json("{'devid':1,'new':true}")));
        assertThat(DeviceEntries.of(plugged, VIF1)).hasSize(1);
        ObjectNode undone = DeviceEntries.with(plugged, VIF1, before);
        assertThat(DeviceEntries.of(undone, VIF1)).isEqualTo(before);
        assertThat(others(undone)).isEqualTo(others(tree)).isEqualTo(others(plugged));
        assertThat(undone.get("a").toString()).isEqualTo("1.50");
    }

    private static ObjectNode others(ObjectNode tree) {
        return DeviceEntries.with(tree, VIF1, List.of());
    }

    private static ObjectNode plugged(ObjectNode tree) {
        return DeviceEntries.with(tree, XVDB, List.of(NEW_DISK));
    }

    private static ObjectNode json(String text) {
        return Trees.object(text.replace('\'', '"'));
    }
}
