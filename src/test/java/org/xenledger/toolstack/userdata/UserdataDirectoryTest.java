// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.userdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenledger.domain.template.LosslessJson;
import org.xenledger.domain.view.TemplateFile;
import org.xenledger.domain.view.TemplateView;

class UserdataDirectoryTest {
    private static final String UUID = "5814e8a6-6120-43fd-bb68-051553960d55";
    private static final String NAME = "userdata-d.7." + UUID + ".libxl-json";
    private static final Path CAPTURED =
            Path.of("src/test/resources/captures/a-create/after/userdata/userdata-d.1." + UUID + ".libxl-json");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"a\":\"\\/x\"}\0", "{\"a\":\"/x\"}", "{\n    \"a\": \"\\/x\"\n}\n\0", "\n{\"a\":\"/x\"}\n\0\0"
            })
    void eachWritersStyleIsRead(String text) throws IOException {
        assertThat(read(text)).isEqualTo(present("{\"a\":\"/x\"}"));
    }

    @ParameterizedTest
    @CsvSource({
        "'',                  it is empty",
        "' \n ',              it is empty",
        "'[]',                it is not a JSON object",
        "'7',                 it is not a JSON object",
        "'null',              it is not a JSON object",
        "'{\"a\":1,\"a\":2}', line 1: Duplicate field 'a'",
        "'{} {}',             something follows the end",
    })
    void whatIsNoConfigurationSaysWhy(String text, String reason) throws IOException {
        assertThat(reason(read(text))).startsWith(reason);
    }

    @Test
    void aFileOfNothingButNulIsEmpty() throws IOException {
        assertThat(reason(read("\0\0"))).isEqualTo("it is empty");
    }

    @Test
    void textAfterTheNulIsNotRead() throws IOException {
        assertThat(read("{\"a\":1}\0{\"b\":2}\0")).isInstanceOf(TemplateView.Unreadable.class);
    }

    @Test
    void binaryAndOtherEncodingsAreRefused() throws IOException {
        assertThat(reason(readBytes("{\"a\":\"\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1))))
                .isEqualTo("it is not UTF-8 text");
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        assertThat(readBytes(all)).isInstanceOf(TemplateView.Unreadable.class);
        assertThat(readBytes("{}".getBytes(StandardCharsets.UTF_16LE))).isInstanceOf(TemplateView.Unreadable.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {63, 64, 65, 100_000})
    void nestingIsBounded(int depth) throws IOException {
        String deep = "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
        assertThat(read(deep) instanceof TemplateView.Present).isEqualTo(depth <= LosslessJson.MAX_DEPTH);
    }

    @Test
    void moreThan128KibibytesAreNotRead() throws IOException {
        String frame = "{\"a\":\"\"}";
        String most = "{\"a\":\"" + "x".repeat((128 << 10) - frame.length()) + "\"}";
        assertThat(read(most)).isInstanceOf(TemplateView.Present.class);
        assertThat(reason(read(most + "\0"))).isEqualTo("the file is larger than 128 KiB");
    }

    @Test
    void aCapturedFileCutAnywhereIsUnreadableOrTheSame() throws IOException {
        byte[] bytes = Files.readAllBytes(CAPTURED);
        TemplateView whole = readBytes(bytes);
        assertThat(whole).isInstanceOf(TemplateView.Present.class);
        int same = 0;
        for (int length = bytes.length - 1; length >= 0; length--) {
            TemplateView cut = LibxlJsonFile.read(truncated(directory.resolve(NAME), length));
            if (cut.equals(whole)) {
                same++;
            } else {
                assertThat(cut).as("%s bytes", length).isInstanceOf(TemplateView.Unreadable.class);
            }
        }
        assertThat(same).as("only the newline and the NUL can be missed").isEqualTo(2);
    }

    @Test
    void aFileThatMayNotBeReadSaysSo() throws IOException {
        Path file = write(NAME, "{}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeThat(Files.isReadable(file)).as("root reads everything").isFalse();
        assertThat(reason(only())).isEqualTo("permission denied");
    }

    @Test
    void aDirectoryOfThatNameIsAnUnreadableFile() throws IOException {
        Files.createDirectory(directory.resolve(NAME));
        assertThat(reason(only())).startsWith("it cannot be read");
    }

    @Test
    void aDanglingLinkIsAnUnreadableFile() throws IOException {
        Files.createSymbolicLink(directory.resolve(NAME), directory.resolve("nowhere"));
        assertThat(only()).isInstanceOf(TemplateView.Unreadable.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "userdata-n.7." + UUID + ".libxl-json",
                "userdata-l.7." + UUID + ".domain-userdata-lock",
                "userdata-l.7." + UUID + ".libxl-device-changes-lock",
                "userdata-d.7." + UUID + ".xl",
                "userdata-d.7." + UUID + ".libvirt-xml",
                "userdata-d.7." + UUID + ".libxl-json.bak",
                "userdata-d.x." + UUID + ".libxl-json",
                "userdata-d.123456." + UUID + ".libxl-json",
                "userdata-d.7.nonsense.libxl-json",
                "x-userdata-d.7." + UUID + ".libxl-json",
                "domid-history",
            })
    void otherFilesAreNotRead(String name) throws IOException {
        write(name, "{}");
        assertThat(new UserdataDirectory(directory).read()).isEmpty();
    }

    @Test
    void allFilesAreListedByDomidAndUuidAlsoThoseOfDomainsThatAreGone() throws IOException {
        String other = "3FAE1C1E-5d0b-4f0c-9a60-1b2c3d4e5f60";
        write("userdata-d.10." + UUID + ".libxl-json", "{}");
        write(NAME, "{}");
        write("userdata-d.7." + other + ".libxl-json", "torn");
        assertThat(new UserdataDirectory(directory).read())
                .extracting(TemplateFile::domid, TemplateFile::uuid)
                .containsExactly(tuple(7, "3fae1c1e-5d0b-4f0c-9a60-1b2c3d4e5f60"), tuple(7, UUID), tuple(10, UUID));
    }

    @Test
    void aMissingDirectorySaysWhatToDo() {
        Path missing = directory.resolve("missing");
        assertThatThrownBy(() -> new UserdataDirectory(missing).read())
                .isInstanceOf(UserdataException.class)
                .hasMessageContaining(missing.toString())
                .hasMessageContaining("--userdata");
    }

    private TemplateView read(String text) throws IOException {
        return readBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private TemplateView readBytes(byte[] bytes) throws IOException {
        Files.write(directory.resolve(NAME), bytes);
        return only();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private static Path truncated(Path file, long length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
        return file;
    }

    private TemplateView only() {
        List<TemplateFile> files = new UserdataDirectory(directory).read();
        assertThat(files).hasSize(1);
        return files.get(0).content();
    }

    private static TemplateView present(String json) {
        return new TemplateView.Present((ObjectNode) LosslessJson.parse(json));
    }

    private static String reason(TemplateView view) {
        assertThat(view).isInstanceOf(TemplateView.Unreadable.class);
        return ((TemplateView.Unreadable) view).reason();
    }
}
