// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenledger.domain.template.LosslessJson;
import org.xenledger.toolstack.device.GuestType;
import org.xenledger.toolstack.device.NicDevice;

class SpecTest {
    private static final Path CAPTURES = Path.of("src/test/resources/captures");
    private static final String FILE =
            "during/cap-after-attach/userdata/userdata-d.1.5814e8a6-6120-43fd-bb68-051553960d55.libxl-json";

    @TempDir
    private Path directory;

    @Test
    void whatXlWasGivenBecomesTheEntryThatItStored() throws IOException {
        ObjectNode disk = DiskSpec.parse(List.of("vdev=xvdb,format=raw,access=rw,target=/srv/xen/disk3.img"));
        assertThat(disk.toString()).isEqualTo(stored("b-block-attach-detach", "disks"));

        ObjectNode request = NicSpec.parse(List.of("mac=00:16:3e:11:11:02", "bridge=xenbr0"), NicDefaults.NONE);
        assertThat(nic(request).toString()).isEqualTo(stored("c-network-attach-detach", "nics"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "target=/x                   | it has no vdev, such as vdev=xvdb",
                "vdev=xvda                   | it has no target, such as target=/dev/vg/guest",
                "vdev=xvda,vdev=xvdb,/x      | vdev is given twice, the second time as 'xvdb'",
                "/x,,xvda,rw,more            | nothing is left that 'more' could stand for",
                "/x,vmdk,xvda                | unknown format 'vmdk', give one of [empty, qcow, qcow2, qed, raw, vhd]",
                "format=raw,format=qcow2,/x  | format is given twice, as raw and as qcow2",
                "vdev=xvda,backendtype=x,/x  | unknown backend 'x', give one of [phy, qdisk, standalone, tap]",
                "vdev=xvda,access=all,/x     | unknown access 'all', give r or w",
                "vdev=xvda,devtype=floppy    | unknown devtype 'floppy', give cdrom or disk",
                "foo:/x,xvda,w               | unknown prefix 'foo:'",
                "vdev=xvda,bad=1             | unknown parameter at 'bad=1'",
                "vdev=xvda,/x,colo,colo-host=h | COLO replication is not supported, plug such a disk with xl",
            })
    void aDiskThatCannotBeUnderstoodSaysWhy(String spec, String reason) {
        assertThatThrownBy(() -> DiskSpec.parse(List.of(spec)))
                .isInstanceOf(SpecException.class)
                .hasMessage("the disk \"" + spec + "\" cannot be understood: " + reason.replace('\'', '"')
                        + "; see xl-disk-configuration(5)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "mac=00:16:3e:11:11       | '00:16:3e:11:11' is no MAC address such as 00:16:3e:01:02:03",
                "mac=00:16:3e:11:11:02:03 | '00:16:3e:11:11:02:03' is no MAC address such as 00:16:3e:01:02:03",
                "mtu=1500x                | mtu '1500x' is no number from 0 to 2147483647",
                "devid=-1                 | devid '-1' is no number from 0 to 2147483647",
                "type=tap                 | unknown type 'tap', give vif or ioemu",
                "rate=fast                | 'fast' is no rate such as 10Mb/s or 1MB/s@20ms",
                "bridge                   | unknown parameter 'bridge'",
                "forwarddev=eth1          | COLO replication is not supported, plug such a nic with xl",
            })
    void aNicThatCannotBeUnderstoodSaysWhy(String spec, String reason) {
        assertThatThrownBy(() -> NicSpec.parse(List.of(spec), NicDefaults.NONE))
                .isInstanceOf(SpecException.class)
                .hasMessage("the nic \"" + spec + "\" cannot be understood: " + reason.replace('\'', '"')
                        + "; see xl-network-configuration(5)");
    }

    @Test
    void commasPartTheParametersOfANicAsInAConfigurationFile() {
        assertThat(NicSpec.parse(List.of("bridge=br0, ,mac=0:16:3e:1:2:F", " vlan=7,untrusted"), NicDefaults.NONE))
                .isEqualTo(LosslessJson.parse("{\"vlan\":\"7\",\"mac\":\"00:16:3e:01:02:0f\",\"bridge\":\"br0\","
                        + "\"trusted\":\"False\"}"));
    }

    @Test
    void aRequestMayNameItsDevid() {
        assertThat(NicSpec.devidOf(NicSpec.parse(List.of("devid=0"), NicDefaults.NONE)))
                .isEqualTo(OptionalInt.of(0));
        assertThat(NicSpec.devidOf(NicSpec.parse(List.of(), NicDefaults.NONE))).isEmpty();
    }

    @Test
    void xlsDefaultsComeFirst() throws IOException {
        Path file = directory.resolve("xl.conf");
        Files.writeString(file, """
                # vif.default.script="no"
                autoballoon="auto"
                vif.default.bridge = "br1" # ours
                vif.default.backend='net'
                vif.default.script="vif-route";
                vif.default.bridge.x="y"
                """);
        assertThat(NicSpec.parse(List.of("script=mine"), NicDefaults.read(file)).toString())
                .isEqualTo("{\"backend_domname\":\"net\",\"bridge\":\"br1\",\"script\":\"mine\"}");
        assertThat(NicDefaults.read(directory.resolve("none"))).isSameAs(NicDefaults.NONE);
        assertThatThrownBy(() -> NicDefaults.read(directory))
                .isInstanceOf(SpecException.class)
                .hasMessageStartingWith("cannot read xl's defaults for nics in " + directory);
    }

    @Property(tries = 500)
    void anyTextIsADiskOrIsRefused(@ForAll @StringLength(max = 30) String text) {
        try {
            ObjectNode disk = DiskSpec.parse(List.of(text, "vdev=xvda"));
            assertThat(disk.get("vdev").asText()).isNotEmpty();
        } catch (SpecException e) {
            assertThat(e.getMessage()).startsWith("the disk \"");
        }
    }

    /** What must survive is the target: it may be any text but a line break at its end. */
    @Property(tries = 300)
    void aTargetByNameIsKeptWhateverIsInIt(@ForAll @StringLength(min = 1, max = 40) String text) {
        String target = text.replace("\n", " ").replaceFirst(",$", ";");
        assertThat(DiskSpec.parse(List.of("vdev=xvda,access=r,target=" + target))
                        .get("pdev_path")
                        .asText())
                .isEqualTo(target);
    }

    @Property(tries = 300)
    void anAddressThatNobodyAskedForIsXensOwn(@ForAll long seed) {
        RandomGenerator random = new Random(seed);
        ObjectNode entry = NicDevice.of(
                        NicSpec.parse(List.of(), NicDefaults.NONE), 1, 1, 0, GuestType.PV, Path.of("/s"), random)
                .entry();
        assertThat(entry.get("mac").asText()).matches("00:16:3e:[0-7][0-9a-f](:[0-9a-f]{2}){2}");
        assertThat(entry.fieldNames()).toIterable().containsExactly("devid", "mac", "nictype");
    }

    private static ObjectNode nic(ObjectNode request) {
        return NicDevice.of(request, 1, 1, 0, GuestType.PV, Path.of("/s"), new Random(0))
                .entry();
    }

    private static String stored(String capture, String array) throws IOException {
        JsonNode file = LosslessJson.parse(
                Files.readString(CAPTURES.resolve(capture).resolve(FILE)).replace("\0", ""));
        return file.get(array).get(1).toString();
    }
}
