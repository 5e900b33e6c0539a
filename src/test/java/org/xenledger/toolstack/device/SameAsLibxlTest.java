// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.device.DeviceKind;
import org.xenledger.domain.template.DeviceEntries;
import org.xenledger.toolstack.RealXl;
import org.xenledger.toolstack.device.DeviceNodes.Node;
import org.xenledger.toolstack.spec.DiskSpec;
import org.xenledger.toolstack.spec.NicDefaults;
import org.xenledger.toolstack.spec.NicSpec;
import org.xenledger.toolstack.spec.SpecException;
import org.xenledger.toolstack.userdata.DomainFiles;
import org.xenledger.toolstack.userdata.DomainLock;
import org.xenledger.xenstore.RealXenstored;
import org.xenledger.xenstore.client.Nodes;
import org.xenledger.xenstore.client.XenstoreClient;
import org.xenledger.xenstore.wire.XenstorePermission;

/**
 * The real xl plugs a device into a real xenstored, up to its commit; then ours does. What both left differs in nothing:
 * nodes, values and permissions, also those of the directories on the way, and libxl-json byte by byte.
 */
class SameAsLibxlTest {
    private static final String UUID = "5814e8a6-6120-43fd-bb68-051553960d55";
    private static final int DOMID = 1;
    private static final Path SCRIPTS = Path.of("/etc/xen/scripts");
    private static final Path CAPTURED =
            Path.of("src/test/resources/captures/a-create/after/userdata/userdata-d.1." + UUID + ".libxl-json");
    private static final List<XenstorePermission> READABLE =
            List.of(new XenstorePermission('n', 0), new XenstorePermission('r', DOMID));

    @TempDir
    private Path directory;

    private RealXenstored xenstored;
    private XenstoreClient client;
    private DomainFiles files;

    @BeforeEach
    void aDomain() throws IOException {
        xenstored = RealXenstored.start(RealXenstored.Daemon.XENSTORED);
        client = XenstoreClient.open(xenstored.socket());
        files = new DomainFiles(directory, DOMID, UUID);
        Files.createFile(directory.resolve("disk.img"));
        client.write("/local/domain/0/domid", "0");
        client.write("/local/domain/0/name", "Domain-0");
        xenstored.introduce(DOMID, client); // the daemon has no permissions for a domain that it does not know
        client.write("/local/domain/1/name", "guest1");
        client.setPermissions("/local/domain/1", READABLE);
        client.makeDirectory("/local/domain/1/device");
        client.setPermissions("/local/domain/1/device", READABLE);
        client.makeDirectory("/libxl/1/device");
    }

    @AfterEach
    void stop() {
        client.close();
        xenstored.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pv  | vdev=xvdb,format=raw,access=rw,target=$D/disk.img",
                "pv  | $D/disk.img,raw,d5p1,r",
                "pv  | vdev=51760,script=block-drbd,direct-io-safe,no-discard,target=r0",
                "pv  | vdev=hdc,script=/opt/x,cdrom,target=any thing, at all",
                "hvm | phy:$D/disk.img,sdb,w",
                "pvh | vdev=xvdq,backendtype=phy,access=r,discard,target=$D/disk.img",
                "pv  | vdev=xvda,format=raw,target=$D/disk.img",
            })
    void aDiskIsPluggedInAlike(String type, String words) throws Exception {
        String spec = words.replace("$D", directory.toString());
        GuestType guest = GuestType.ofText(type).orElseThrow();
        ObjectNode entry = DiskSpec.parse(List.of(spec));
        assertThat(DiskBackend.of(entry, 0, guest, DiskTargets::look)).isEqualTo(DiskBackend.PHY);
        DiskDevice disk = DiskDevice.of(entry, DOMID, 0, SCRIPTS);
        compare(guest, "block-attach", List.of(spec), disk.key(), disk.entry(), disk.nodes(guest));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pv  | 1 | mac=00:16:3e:11:11:02 bridge=xenbr0",
                "pv  | 5 | mac=00:16:3e:11:11:02 devid=5 vifname=guest-lan script=vif-route gatewaydev=eth1",
                "hvm | 1 | mac=00:16:3e:11:11:02 ip=10.0.0.5 mtu=9000 rate=10Mb/s@20ms untrusted model=e1000",
                "hvm | 1 | mac=00:16:3e:11:11:02 type=ioemu",
                "pvh | 1 | mac=00:16:3e:11:11:02 mtu=1500 script=/opt/vif",
            })
    void aNicIsPluggedInAlike(String type, int devid, String words) throws Exception {
        List<String> components = List.of(words.split(" "));
        GuestType guest = GuestType.ofText(type).orElseThrow();
        ObjectNode request = NicSpec.parse(components, NicDefaults.NONE);
        NicDevice nic = NicDevice.of(request, DOMID, devid, 0, guest, SCRIPTS, new Random(0));
        compare(guest, "network-attach", components, nic.key(), nic.entry(), nic.nodes());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vdev=xvdb,target=$D/none              | there is no $D/none",
                "vdev=xyz,target=$D/disk.img           | is no disk that a guest can have",
                "vdev=xvdb,format=empty,target=        | it is empty, and no CD drive",
                "vdev=hdc,cdrom,backendtype=tap,target=/x | backendtype qdisk or phy",
                "vdev=xvdb,backendtype=phy,format=qcow2,target=$D/disk.img | its backendtype phy cannot serve it",
            })
    void whatLibxlRefusesIsRefused(String words, String reason) throws Exception {
        String spec = words.replace("$D", directory.toString());
        GuestType guest = spec.contains("cdrom") ? GuestType.HVM : GuestType.PV;
        client.write("/libxl/1/type", guest.name().toLowerCase(Locale.ROOT));
        Files.copy(CAPTURED, files.data());
        assertThat(xl(guest, "block-attach", List.of(spec))).isFalse();
        assertThatThrownBy(() -> {
                    ObjectNode entry = DiskSpec.parse(List.of(spec));
                    DiskBackend.of(entry, 0, guest, DiskTargets::look);
                    DiskDevice.of(entry, DOMID, 0, SCRIPTS);
                })
                .isInstanceOf(SpecException.class)
                .hasMessageContaining(reason.replace("$D", directory.toString()));
    }

    /** Each edit of ours looks for its last; each attach of libxl's reads, changes and writes the same file. */
    @Test
    void libxlAndWeLoseNoUpdateOfEachOther() throws Exception {
        Files.copy(CAPTURED, files.data());
        client.write("/libxl/1/type", "pv");
        AtomicBoolean done = new AtomicBoolean();
        FutureTask<Integer> edits = new FutureTask<>(() -> editUntil(done));
        new Thread(edits).start();
        int attached = 10;
        for (int disk = 0; disk < attached; disk++) {
            String spec = "vdev=d" + (100 + disk) + "p0,target=" + directory.resolve("disk.img");
            assertThat(xl(GuestType.PV, "block-attach", List.of(spec))).isTrue();
        }
        done.set(true);
        int count = edits.get();
        try (DomainLock lock = lock()) {
            assertThat(lock.read().get("disks")).hasSize(1 + attached);
            assertThat(lock.read().get("nics")).hasSize(2);
        }
        assertThat(count).isGreaterThan(attached);
        System.out.printf("libxl attached %d disks while we edited %d times%n", attached, count);
    }

    private int editUntil(AtomicBoolean done) throws InterruptedException {
        DeviceKey key = new DeviceKey(DeviceKind.VIF, 9);
        int count = 0;
        while (!done.get()) {
            try (DomainLock lock = lock()) {
                ObjectNode tree = lock.read();
                List<ObjectNode> last = DeviceEntries.of(tree, key);
                if (last.size() != Math.min(count, 1)
                        || (count > 0 && last.get(0).get("mtu").asInt() != count)) {
                    throw new IllegalStateException("LOST: found " + last + ", left " + count);
                }
                ObjectNode next = tree.objectNode().put("devid", key.id()).put("mtu", ++count);
                lock.write(DeviceEntries.with(tree, key, List.of(next)));
            }
            Thread.sleep(
                    5); // whoever takes it again at once hardly ever lets libxl have it: the protocol knows no turns
        }
        return count;
    }

    private DomainLock lock() throws InterruptedException {
        return DomainLock.acquire(files, Duration.ofSeconds(60), () -> true);
    }

    private void compare(
            GuestType guest,
            String command,
            List<String> components,
            DeviceKey key,
            ObjectNode entry,
            DeviceNodes nodes)
            throws Exception {
        client.write("/libxl/1/type", guest.name().toLowerCase(Locale.ROOT));
        client.write("/libxl/1/device/vif/0", "");
        Files.copy(CAPTURED, files.data());
        assertThat(xl(guest, command, components)).isTrue();
        byte[] theirFile = Files.readAllBytes(files.data());
        Map<String, String> theirs = all();

        client.remove(nodes.libxlEntry());
        client.remove(nodes.frontend());
        client.remove(nodes.backend().toString());
        client.remove("/local/domain/0/backend");
        client.remove("/local/domain/1/device/" + key.kind().node());
        Files.delete(files.data());
        Files.copy(CAPTURED, files.data());
        plugIn(key, entry, nodes);

        assertThat(all()).isEqualTo(theirs);
        assertThat(Files.readAllBytes(files.data())).isEqualTo(theirFile);
    }

    private void plugIn(DeviceKey key, ObjectNode entry, DeviceNodes nodes) throws InterruptedException {
        try (DomainLock lock = lock()) {
            lock.write(DeviceEntries.with(lock.read(), key, List.of(entry)));
            client.transaction(transaction -> {
                for (Node node : nodes.nodes()) {
                    transaction.write(node.path(), node.value());
                    if (!node.permissions().isEmpty()) {
                        transaction.setPermissions(node.path(), node.permissions());
                    }
                }
                return null;
            });
        }
    }

    private boolean xl(GuestType guest, String command, List<String> components) throws Exception {
        Map<String, String> environment = new TreeMap<>(Map.of(
                "XLSTUB_DOMID", Integer.toString(DOMID),
                "XLSTUB_UUID", UUID,
                "XLSTUB_USERDATA", directory.toString(),
                "XENSTORED_PATH", xenstored.socket().toString()));
        if (guest != GuestType.PV) {
            environment.put("XLSTUB_HVM", "1");
        }
        List<String> arguments = new ArrayList<>(List.of("-vvv", command, Integer.toString(DOMID)));
        arguments.addAll(components);
        return RealXl.with(environment).run(arguments).isPresent();
    }

    private Map<String, String> all() {
        Map<String, String> found = new TreeMap<>();
        for (String top : List.of("/libxl", "/local")) {
            collect(client, top, found);
        }
        return found;
    }

    private static void collect(Nodes nodes, String path, Map<String, String> found) {
        found.put(path, nodes.read(path) + " " + nodes.permissions(path));
        for (String child : nodes.children(path)) {
            collect(nodes, path + "/" + child, found);
        }
    }
}
