// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xenledger.toolstack.device.DeviceNodes.Node;
import org.xenledger.toolstack.spec.DiskSpec;
import org.xenledger.toolstack.spec.NicDefaults;
import org.xenledger.toolstack.spec.NicSpec;
import org.xenledger.toolstack.spec.SpecException;

class DeviceNodesTest {
    private static final Path SCRIPTS = Path.of("/etc/xen/scripts");

    @Test
    void aDriverDomainOwnsItsBackend() {
        DeviceNodes nodes = DiskDevice.of(DiskSpec.parse(List.of("/dev/vg/x,raw,xvdb,backend=store")), 7, 3, SCRIPTS)
                .nodes(GuestType.PVH);
        assertThat(nodes.backend()).hasToString("/local/domain/3/backend/vbd/7/51728");
        assertThat(nodes.nodes())
                .filteredOn(node -> node.path().equals("/local/domain/3/backend/vbd/7/51728"))
                .singleElement()
                .satisfies(node -> assertThat(node.permissions()).hasToString("[n3, r7]"));
        assertThat(nodes.nodes())
                .filteredOn(node -> node.path().equals("/local/domain/7/device/vbd/51728/backend-id"))
                .singleElement()
                .satisfies(node -> {
                    assertThat(node.value()).isEqualTo("3");
                    assertThat(node.permissions()).hasToString("[n7, r3]");
                });
    }

    @Test
    void onlyAPvGuestIsToldItsProtocol() {
        DiskDevice disk = DiskDevice.of(DiskSpec.parse(List.of("/dev/vg/x,raw,xvdb")), 7, 0, SCRIPTS);
        assertThat(disk.nodes(GuestType.PV).nodes())
                .extracting(Node::path)
                .anyMatch(path -> path.endsWith("/protocol"));
        assertThat(disk.nodes(GuestType.HVM).nodes())
                .extracting(Node::path)
                .noneMatch(path -> path.endsWith("/protocol"));
    }

    @Test
    void everyNodeComesBehindItsParentAndOnce() {
        DeviceNodes nodes = NicDevice.of(
                        NicSpec.parse(List.of("ip=1,mtu=9,rate=1MB/s"), NicDefaults.NONE),
                        7,
                        2,
                        0,
                        GuestType.HVM,
                        SCRIPTS,
                        new Random(1))
                .nodes();
        Set<String> seen = new HashSet<>(List.of("/libxl/7/device/vif", "/libxl/7/device/vif/2"));
        seen.addAll(List.of("/local/domain/7/device/vif", "/local/domain/0/backend/vif/7"));
        for (Node node : nodes.nodes()) {
            assertThat(seen).contains(node.path().substring(0, node.path().lastIndexOf('/')));
            assertThat(seen.add(node.path())).as(node.path()).isTrue();
        }
    }

    @Test
    void whatOurOwnStepsCannotPlugInSaysSo() {
        assertThatThrownBy(() -> DiskDevice.of(DiskSpec.parse(List.of("vdev=hdc,cdrom")), 7, 0, SCRIPTS))
                .isInstanceOf(SpecException.class)
                .hasMessage("the disk hdc has no target: an empty drive only xl can plug in: say --via xl");
        assertThatThrownBy(() -> NicDevice.of(
                        NicSpec.parse(List.of("type=ioemu"), NicDefaults.NONE),
                        7,
                        2,
                        0,
                        GuestType.PV,
                        SCRIPTS,
                        new Random(1)))
                .isInstanceOf(SpecException.class)
                .hasMessage("only an HVM guest can have an emulated nic: leave out type=ioemu");
    }
}
