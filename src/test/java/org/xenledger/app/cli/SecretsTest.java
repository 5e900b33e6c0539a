// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenledger.domain.template.LosslessJson;

/** Passwords of a guest's screen: libxl-json and the vfb's nodes have them, and the ledger must not. */
class SecretsTest {
    private static final Capture.Moment REAL = Capture.named("a-create").after();
    private static final String GUEST_FILE = "userdata-d.1.5814e8a6-6120-43fd-bb68-051553960d55.libxl-json";
    private static final String FIRST = "2026-11-22T10:00:00Z";
    private static final String SECOND = "2026-11-22T11:00:00Z";
    private static final String IN_TEMPLATE = "hunter2-in-libxl-json";
    private static final String IN_XENSTORE = "hunter2-in-xenstore";
    private static final String CHANGED = "hunter3-in-libxl-json";

    @TempDir
    private Path directory;

    @Test
    void staysOutOfTheLedgerAndIsShownFromItsFileWhenAskedFor() throws IOException {
        Cli cli = new Cli(directory.resolve("ledger"));
        Capture.Moment moment = guest(IN_TEMPLATE);
        assertThat(cli.at(moment, FIRST, "record").status()).isZero();
        assertThat(cli.run("history", "guest1", "--device", "vfb/0").out()).contains("DeviceAppeared");

        Cli.Result secrets = cli.at(moment, FIRST, "show", "guest1", "--secrets", "--output", "json");
        assertThat(LosslessJson.parse(secrets.out())
                        .at("/0/config/vfbs/0/vnc/passwd")
                        .textValue())
                .isEqualTo(IN_TEMPLATE);
        Cli.Result plain = cli.at(moment, FIRST, "show", "guest1", "--output", "json");
        assertThat(LosslessJson.parse(plain.out())
                        .at("/0/config/vfbs/0/vnc/passwd")
                        .textValue())
                .startsWith("secret:");

        Capture.Moment changed = guest(CHANGED);
        assertThat(LosslessJson.parse(
                        cli.at(changed, SECOND, "record", "--output", "json").out()))
                .singleElement()
                .satisfies(event -> assertThat(event.get("kind").textValue()).isEqualTo("TemplateEdited"));

        Path export = directory.resolve("export");
        assertThat(cli.run("export", export.toString()).status()).isZero();
        assertThat(Files.readString(export)).contains("vncpasswd").doesNotContain("hunter");
        try (Stream<Path> files = Files.list(directory.resolve("ledger"))) {
            for (Path file : files.toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("hunter");
            }
        }
    }

    /** The captured guest with a vfb as xl makes it of {@code vfb = [ 'vnc=1,vncpasswd=...' ]}. */
    private Capture.Moment guest(String password) throws IOException {
        Capture.Moment moment = new Capture.Moment(Files.createTempDirectory(directory, "moment"));
        Path userdata = Files.createDirectory(moment.userdata());
        String template = Files.readString(REAL.userdata().resolve(GUEST_FILE));
        String vfb = "\"vfbs\": [{\"devid\": 0, \"vnc\": {\"enable\": \"True\", \"passwd\": \"" + password + "\"}}],\n";
        Files.writeString(
                userdata.resolve(GUEST_FILE),
                template.replace("    \"on_reboot\"", "    " + vfb + "    \"on_reboot\""));
        String entry = "backend = \"/local/domain/0/backend/vfb/1/0\"|frontend = \"/local/domain/1/device/vfb/0\"|"
                + "frontend-id = \"1\"|online = \"1\"|vnc = \"1\"|vncpasswd = \"" + IN_XENSTORE + "\"|state = \"1\"";
        String frontend = "backend = \"/local/domain/0/backend/vfb/1/0\"|state = \"1\"";
        Files.writeString(
                moment.xenstore(),
                Files.readString(REAL.xenstore())
                        .replaceFirst("(?m)^/libxl/1/device = .*\n", "$0" + nodes("/libxl/1/device/vfb /0", entry))
                        .replaceFirst(
                                "(?m)^/local/domain/0/backend = .*\n",
                                "$0" + nodes("/local/domain/0/backend/vfb /1 /0", entry))
                        .replaceFirst(
                                "(?m)^/local/domain/1/device = .*\n",
                                "$0" + nodes("/local/domain/1/device/vfb /0", frontend)));
        return moment;
    }

    /** A device's nodes, each directory on the way first. */
    private static String nodes(String directories, String entries) {
        StringBuilder lines = new StringBuilder();
        StringBuilder path = new StringBuilder();
        for (String part : directories.split(" ")) {
            lines.append(path.append(part)).append(" = \"\"   (n0)\n");
        }
        for (String entry : entries.split("\\|")) {
            lines.append(path).append('/').append(entry).append("   (n0)\n");
        }
        return lines.toString();
    }
}
