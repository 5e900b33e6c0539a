// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenledger.toolstack.spec.DiskSpec;
import org.xenledger.toolstack.spec.NicDefaults;
import org.xenledger.toolstack.spec.NicSpec;

/** Call by call what a captured xl wrote: path, value, permissions, in its order. The words are those that xl was given. */
class CapturedNodesTest {
    private static final Path SCRIPTS = Path.of("/etc/xen/scripts");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "b-block-attach-detach/during/attach.xl-calls.txt            | 1 | vdev=xvdb,format=raw,access=rw,target=/srv/xen/disk3.img",
                "y-c-xenstored/during/attach.xl-calls.txt                    | 1 | vdev=xvdb,format=raw,access=rw,target=/srv/xen/disk3.img",
                "f1-hotplug-script-fatal/during/attach.xl-calls.txt          | 1 | vdev=xvdl,script=block-fail,format=raw,access=rw,target=/srv/xen/disk3.img",
                "d-paused-frontend-never-connects/during/attach.xl-calls.txt | 2 | vdev=xvdb,format=raw,access=rw,target=/srv/xen/disk3.img",
                "a-create/during/xl-calls.txt                                | 1 | format=raw,vdev=xvda,access=rw,target=/srv/xen/disk1.img",
            })
    void aDisksNodesAreLibxls(String capture, int domid, String spec) throws IOException {
        DeviceNodes nodes =
                DiskDevice.of(DiskSpec.parse(List.of(spec)), domid, 0, SCRIPTS).nodes(GuestType.PV);
        assertThat(nodes.nodes()).hasSizeGreaterThan(20).isEqualTo(XlCalls.nodes(capture, nodes));
    }

    @ParameterizedTest
    @CsvSource({
        "c-network-attach-detach/during/attach.xl-calls.txt, 1, 00:16:3e:11:11:02",
        "a-create/during/xl-calls.txt,                       0, 00:16:3e:11:11:01",
    })
    void aNicsNodesAreLibxls(String capture, int devid, String mac) throws IOException {
        ObjectNode request = NicSpec.parse(List.of("mac=" + mac, "bridge=xenbr0"), NicDefaults.NONE);
        DeviceNodes nodes = NicDevice.of(request, 1, devid, 0, GuestType.PV, SCRIPTS, new Random(0))
                .nodes();
        assertThat(nodes.nodes()).hasSizeGreaterThan(20).isEqualTo(XlCalls.nodes(capture, nodes));
    }
}
