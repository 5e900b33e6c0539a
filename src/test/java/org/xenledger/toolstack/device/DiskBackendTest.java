// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenledger.toolstack.device.DiskBackend.Target;
import org.xenledger.toolstack.spec.DiskSpec;
import org.xenledger.toolstack.spec.SpecException;

class DiskBackendTest {
    @TempDir
    private Path directory;

    /** disk_try_backend in libxl_device.c, in libxl's order: phy, qdisk, tap, standalone. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/x,raw,xvda                             | PV  | 0 | DISK  | PHY",
                "/x,raw,xvda                             | PV  | 0 | OTHER | QDISK",
                "/x,qcow2,xvda                           | PV  | 0 | DISK  | QDISK",
                "/x,raw,xvda                             | PV  | 3 | OTHER | PHY",
                "/x,raw,xvda,backendtype=qdisk           | PV  | 0 | DISK  | QDISK",
                "/x,vhd,xvda,backendtype=tap             | PV  | 0 | DISK  | TAP",
                "/x,raw,xvda,specification=virtio        | PV  | 0 | DISK  | STANDALONE",
                "/x,raw,hdc,cdrom                        | HVM | 0 | DISK  | QDISK",
                "/x,raw,hdc,cdrom                        | PV  | 0 | DISK  | PHY",
                "/x,raw,hdc,cdrom,backendtype=phy        | HVM | 0 | DISK  | PHY",
                "vdev=hdc,cdrom                          | HVM | 0 | DISK  | QDISK",
                "vdev=hdc,cdrom                          | PV  | 0 | DISK  | PHY",
            })
    void itIsChosenAsLibxlChoosesIt(String spec, GuestType guest, int domid, Target target, DiskBackend backend) {
        assertThat(DiskBackend.of(DiskSpec.parse(List.of(spec)), domid, guest, path -> target))
                .isEqualTo(backend);
    }

    @Test
    void onlyAPathOfThisHostIsLookedAt() {
        for (String spec :
                List.of("r0,raw,xvda,script=block-drbd", "/x,qcow2,xvda,backendtype=qdisk", "vdev=hdc,cdrom")) {
            assertThat(DiskBackend.of(DiskSpec.parse(List.of(spec)), 0, GuestType.PV, path -> {
                        throw new AssertionError(path);
                    }))
                    .isNotNull();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/x,qcow2,xvda,script=s                | no backend can serve it",
                "/x,raw,xvda,script=s,backendtype=qdisk | its backendtype qdisk cannot serve it",
                "/x,raw,xvda,backendtype=standalone    | its backendtype standalone cannot serve it",
                "/x,qcow2,xvda,specification=virtio    | no backend can serve it",
            })
    void whatNoBackendCanServeIsRefused(String spec, String reason) {
        assertThatThrownBy(() -> DiskBackend.of(DiskSpec.parse(List.of(spec)), 0, GuestType.PV, path -> Target.DISK))
                .isInstanceOf(SpecException.class)
                .hasMessage("the disk xvda cannot be plugged in: " + reason);
    }

    @Test
    void aTargetIsWhatItsPathLeadsTo() throws IOException {
        Path file = Files.createFile(directory.resolve("disk.img"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);
        assertThat(DiskTargets.look(file.toString())).isEqualTo(Target.DISK);
        assertThat(DiskTargets.look(link.toString())).isEqualTo(Target.DISK);
        assertThat(DiskTargets.look(directory.toString())).isEqualTo(Target.OTHER);
        assertThat(DiskTargets.look("/dev/null")).isEqualTo(Target.OTHER);
        assertThat(DiskTargets.look(directory.resolve("none").toString())).isEqualTo(Target.MISSING);
        assertThat(DiskTargets.look("\0")).isEqualTo(Target.MISSING);
    }
}
