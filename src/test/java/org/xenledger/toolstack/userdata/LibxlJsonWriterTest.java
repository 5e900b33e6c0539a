// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.userdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.template.DeviceEntries;
import org.xenledger.domain.template.LosslessJson;

class LibxlJsonWriterTest {
    private static final String DISK =
            "{\"pdev_path\":\"/srv/xen/disk3.img\",\"vdev\":\"xvdb\",\"format\":\"raw\",\"readwrite\":1}";
    private static final String NIC =
            "{\"devid\":1,\"mac\":\"00:16:3e:11:11:02\",\"bridge\":\"xenbr0\",\"nictype\":\"vif\"}";

    @TempDir
    private Path directory;

    private DomainFiles files;

    @BeforeEach
    void aDomain() throws IOException {
        files = Userdata.in(directory);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "b-block-attach-detach   | vbd/51728 | " + DISK,
                "c-network-attach-detach | vif/1     | " + NIC,
            })
    void anAttachLeavesTheVeryBytesThatLibxlLeft(String capture, String device, String entry) throws Exception {
        Files.delete(files.data());
        Files.copy(Userdata.captured(capture + "/before"), files.data());
        edit(tree ->
                DeviceEntries.with(tree, DeviceKey.parse(device), List.of((ObjectNode) LosslessJson.parse(entry))));
        assertThat(Files.readAllBytes(files.data()))
                .isEqualTo(Files.readAllBytes(Userdata.captured(capture + "/during/cap-after-attach")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n\0", "", "\0", "\n", "\n\0\0", " \r\n\t\0"})
    void whatFollowedTheTextStays(String tail) throws Exception {
        Files.writeString(files.data(), "{ \"of others\": [1.50, 1e3, -0, null, true] }" + tail);
        edit(tree -> Userdata.withOurs(tree, 7));
        String text = Files.readString(files.data());
        assertThat(text).endsWith("}" + tail);
        assertThat(LosslessJson.parse(text.substring(0, text.length() - tail.length())))
                .isEqualTo(LosslessJson.parse(
                        "{\"of others\":[1.50,1e3,-0,null,true],\"disks\":[{\"format\":\"raw\",\"readwrite\":1,"
                                + "\"pdev_path\":\"/ours/7\",\"vdev\":\"xvdd\"}]}"));
    }

    @Test
    void itIsForTheOwnerAloneAndLeavesNothingBesideIt() throws Exception {
        Files.writeString(files.temporary(), "half a");
        Files.setPosixFilePermissions(files.temporary(), PosixFilePermissions.fromString("rw-rw-rw-"));
        edit(tree -> Userdata.withOurs(tree, 1));
        assertThat(Files.getPosixFilePermissions(files.data())).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(names()).containsExactly(files.data().getFileName().toString());
        assertThat(files.temporary().getFileName()).hasToString("userdata-n.1." + Userdata.UUID + ".libxl-json");
    }

    @ParameterizedTest
    @CsvSource({
        "'',                                  it is empty",
        "'{\"c_info\":{\"uuid\":\"',          'line 1: '",
        "'{\"c_info\":{\"uuid\":\"5814e8a6-6120-43fd-bb68-051553960d56\"}}', it says that it is of domain 5814e8a6-6120-43fd-bb68-051553960d56",
    })
    void whatIsNotThisDomainsConfigurationIsLeftAsItIs(String content, String reason) throws Exception {
        Files.writeString(files.data(), content);
        ObjectNode tree = (ObjectNode) LosslessJson.parse("{}");
        assertThatThrownBy(() -> edit(any -> tree)).isInstanceOf(UserdataException.class);
        try (DomainLock lock = lock()) {
            assertThatThrownBy(() -> lock.write(tree))
                    .isInstanceOf(UserdataException.class)
                    .hasMessageStartingWith("the configuration of domain 1 is left as it is, since " + files.data()
                            + " cannot be used: " + reason);
        }
        assertThat(files.data()).hasContent(content);
    }

    @Test
    void noFileIsEverMade() throws Exception {
        Files.delete(files.data());
        assertThatThrownBy(() -> edit(tree -> tree)).hasMessageEndingWith("cannot be used: there is none");
        assertThat(names()).isEmpty();
    }

    @Test
    void aTextThatIsNoUnicodeIsRefused() throws Exception {
        Files.writeString(files.data(), "{\"a\":\"\\ud800\"}");
        assertThatThrownBy(() -> edit(tree -> tree))
                .hasMessageEndingWith("has text that is no Unicode: nothing was written");
        assertThat(files.data()).hasContent("{\"a\":\"\\ud800\"}");
        assertThat(names()).hasSize(1);
    }

    @Test
    void aFullDiskLeavesTheOldOne() throws Exception {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=12k", "tmpfs", disk.toString()) == 0,
                "SKIPPED real part: only root may mount a small tmpfs");
        try {
            files = Userdata.in(disk);
            byte[] before = Files.readAllBytes(files.data());
            assertThatThrownBy(() -> edit(tree -> tree.put("big", "x".repeat(20_000))))
                    .isInstanceOf(UserdataException.class)
                    .hasMessage("cannot write " + files.data() + ": No space left on device");
            assertThat(Files.readAllBytes(files.data())).isEqualTo(before);
            try (var left = Files.list(disk)) {
                assertThat(left).containsExactly(files.data());
            }
        } finally {
            run("umount", disk.toString());
        }
    }

    @Test
    void anInterruptDoesNotTearAnEdit() throws Exception {
        try (DomainLock lock = lock()) {
            Thread.currentThread().interrupt();
            lock.write(Userdata.withOurs(lock.read(), 1));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        edit(tree -> {
            assertThat(Userdata.ours(tree)).isEqualTo(1);
            return tree;
        });
        assertThat(names()).hasSize(1);
    }

    private void edit(UnaryOperator<ObjectNode> change) throws InterruptedException {
        try (DomainLock lock = lock()) {
            lock.write(change.apply(lock.read()));
        }
    }

    private DomainLock lock() throws InterruptedException {
        return DomainLock.acquire(files, Duration.ofSeconds(60), () -> true);
    }

    private List<String> names() throws IOException {
        try (var all = Files.list(directory)) {
            return all.map(path -> path.getFileName().toString()).toList();
        }
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
