// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenledger.Soak;
import org.xenledger.domain.template.LosslessJson;
import org.xenledger.toolstack.RealXl;

/**
 * The real xl reads the same words with {@code xl -N}, which prints the entry, and does nothing. Left out is what xl 4.17
 * does not know yet, a disk's {@code trusted} and {@code grant_usage}, a nic's {@code vlan}; and an unnamed {@code =} at the
 * end, which xl overlooks and we refuse.
 */
class SameAsXlTest {
    private static final long SEED = 20261122;

    private static final List<String> DISK_PARTS = List.of(
            "",
            " ",
            "\t",
            "xvda",
            "hdc",
            "51728",
            "hdc:cdrom",
            "xvdb:disk",
            "hdc:tape",
            "raw",
            "qcow2",
            "vhd",
            "qed",
            "empty",
            "vmdk",
            "r",
            "ro",
            "w",
            "rw",
            "x",
            "cdrom",
            " cdrom",
            "cdrom ",
            "devtype=cdrom",
            "devtype=disk",
            "devtype=x",
            "devtype=",
            "format=raw",
            "format=qcow",
            "format=",
            "format=x",
            "access=r",
            "access=rw",
            "access=",
            "access=x",
            "vdev=xvdb",
            "vdev=",
            "vdev=a:b",
            "backend=store",
            "backend=",
            "backendtype=phy",
            "backendtype=tap",
            "backendtype=qdisk",
            "backendtype=",
            "specification=xen",
            "specification=virtio",
            "script=block-x",
            "script=/s",
            "script=",
            "direct-io-safe",
            "discard",
            "no-discard",
            "x=y",
            "x=yz",
            "X=y",
            "/dev/vg/x",
            "/a b",
            "target=/t",
            "target=",
            "target=/t,",
            "target=/t,xvda,w",
            "phy:/dev/x",
            "file:/x",
            "tap:aio:/x",
            "tap2:qcow2:/x",
            "raw:/x",
            "qcow:/x",
            "iscsi:iqn",
            "nbd:h",
            "enbd:",
            "drbd:r0",
            "ioemu:raw:/x",
            "foo:/x",
            "foo:",
            "foo:bar",
            "FOO:/x",
            "a\nb",
            "raw:/a\nb");

    private static final List<String> NIC_PARTS = List.of(
            "mac=00:16:3e:11:11:02",
            "mac=AA:b:0:1:2:3",
            "mac=00:00:00:00:00:00",
            "mac=zz",
            "mac=00:16:3e",
            "mac=",
            "bridge=br0",
            "bridge=",
            "type=vif",
            "type=ioemu",
            "type=tap",
            "model=e1000",
            "vifname=v1",
            "script=vif-route",
            "script=/s/x",
            "ip=10.0.0.1 10.0.0.2",
            "backend=net",
            "gatewaydev=eth1",
            "netdev=eth2",
            "devid=0",
            "devid=7",
            "devid=x",
            "mtu=9000",
            "mtu=1500",
            "mtu=0",
            "mtu=",
            "trusted",
            "untrusted",
            "rate=10Mb/s",
            "rate=1GB/s@20ms",
            "rate=250KB/s",
            "rate=1B/s@1s",
            "rate=7b/s@3",
            "rate=010Kb/s@50us",
            "rate=",
            "rate=0B/s",
            "rate=4294967295GB/s",
            "rate=4294967296B/s",
            "rate=1MB/s@4294s",
            "rate=1MB/s@5000s",
            "rate=1TB/s",
            "rate=1MB/s@",
            "rate=1MB/s@1h",
            "nonsense",
            "nonsense=1",
            "bridge");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/dev/vg/guest-volume,,hda",
                "/dev/vg/guest-volume,raw,hda,rw",
                "format=raw, vdev=hda, access=rw, target=/dev/vg/guest-volume",
                "raw:/dev/vg/guest-volume,hda,w",
                "/root/image.iso,,hdc,cdrom",
                "/root/image.iso,,hdc,,cdrom",
                "/root/image.iso,raw,hdc,devtype=cdrom",
                "format=raw, vdev=hdc, access=ro, devtype=cdrom, target=/root/image.iso",
                "raw:/root/image.iso,hdc:cdrom,ro",
                ",hdc:cdrom,r",
                ",,hdc,cdrom",
                "vdev=hdc,cdrom",
                "tap:aio:/a,xvda,w",
                "vdev=xvdb,script=block-fail,format=raw,access=rw,target=/srv/xen/disk3.img",
                "vdev=xvda,no-discard,direct-io-safe,backend=store,backendtype=qdisk,target=/x,y=z, ",
            })
    void aDiskOfTheManualIsReadAlike(String spec) throws Exception {
        assertThat(disk(List.of(spec))).isPresent();
        assertThat(disk(List.of(spec))).isEqualTo(said("block-attach", "disk: ", List.of(spec)));
    }

    @Test
    void anyDiskIsReadAlike() throws Exception {
        disks(60, SEED);
    }

    @Test
    @Tag("soak")
    void anyOfManyDisksIsReadAlike() throws Exception {
        disks(Soak.rounds(3000), SEED + 1);
    }

    @Test
    void anyNicIsReadAlike() throws Exception {
        nics(40, SEED);
    }

    @Test
    @Tag("soak")
    void anyOfManyNicsIsReadAlike() throws Exception {
        nics(Soak.rounds(1500), SEED + 1);
    }

    private void disks(int count, long seed) throws Exception {
        Random random = new Random(seed);
        int understood = 0;
        for (int i = 0; i < count; i++) {
            List<String> components = new ArrayList<>();
            for (int c = 1 + random.nextInt(5) / 4; c > 0; c--) {
                List<String> parts = some(DISK_PARTS, random);
                parts.add(random.nextInt(parts.size() + 1), "vdev=xvdz");
                components.add(String.join(",", parts));
            }
            Optional<String> ours = disk(components);
            assertThat(ours).as("%s", components).isEqualTo(said("block-attach", "disk: ", components));
            understood += ours.isPresent() ? 1 : 0;
        }
        System.out.printf("disks read as xl reads them: %d, %d of them understood%n", count, understood);
        assertThat(understood).isBetween(count / 10, count - count / 10);
    }

    private void nics(int count, long seed) throws Exception {
        Random random = new Random(seed);
        int understood = 0;
        for (int i = 0; i < count; i++) {
            List<String> components = some(NIC_PARTS, random);
            Optional<String> ours = nic(components);
            assertThat(ours).as("%s", components).isEqualTo(said("network-attach", "vif: ", components));
            understood += ours.isPresent() ? 1 : 0;
        }
        System.out.printf("nics read as xl reads them: %d, %d of them understood%n", count, understood);
        assertThat(understood).isBetween(count / 10, count - count / 10);
    }

    private static List<String> some(List<String> parts, Random random) {
        List<String> some = new ArrayList<>();
        for (int n = random.nextInt(5); n >= 0; n--) {
            some.add(parts.get(random.nextInt(parts.size())));
        }
        return some;
    }

    private static Optional<String> disk(List<String> components) {
        return printed(() -> DiskSpec.parse(components));
    }

    private static Optional<String> nic(List<String> components) {
        return printed(() -> NicSpec.parse(components, NicDefaults.NONE));
    }

    private static Optional<String> printed(Supplier<ObjectNode> reading) {
        try {
            return Optional.of(reading.get().toString());
        } catch (SpecException e) {
            assertThat(e.getMessage()).endsWith("-configuration(5)");
            return Optional.empty();
        }
    }

    private static Optional<String> said(String command, String prefix, List<String> components) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-N", command, "1"));
        arguments.addAll(components);
        return RealXl.with(Map.of())
                .run(arguments)
                .map(output ->
                        LosslessJson.parse(output.substring(prefix.length())).toString());
    }
}
