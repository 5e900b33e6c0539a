// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenledger.ledger.Child;

/** The commands of maintenance, when there is no more room for what they write. */
class FullDiskCommandsTest {
    private static final Capture CAPTURE = Capture.named("h1-reboot");
    private static final String BEFORE = "2026-11-22T10:00:00Z";
    private static final String AFTER = "2026-11-22T11:00:00Z";
    private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");

    @TempDir
    private Path directory;

    private Path store;
    private Cli cli;

    @BeforeEach
    void record() {
        assumeTrue(
                Files.isExecutable(PRLIMIT), "SKIPPED real part: prlimit is not installed, apt-get install util-linux");
        store = directory.resolve("ledger");
        cli = new Cli(store);
        assertThat(cli.at(CAPTURE.before(), BEFORE, "record").status()).isZero();
        assertThat(cli.run("export", file("export")).status()).isZero();
        assertThat(cli.run("verify", "--anchor", file("anchor")).status()).isZero();
    }

    /** @param room how many bytes a file may have; 0 for as many as the ledger's has */
    @ParameterizedTest
    @CsvSource({
        "replay, 0, 1, File too large",
        "compact, 8000, 1, is there room on the disk",
        "backup, 1000, 1, File too large",
        "import, 20000, 1, File too large",
        "verify, 100, 2, File too large"
    })
    void aFullDiskIsSaidInOneSentenceAndTheLedgerIsAsItWas(String command, long room, int status, String reason)
            throws Exception {
        String history = history();
        List<String> files = files();
        String anchor = Files.readString(directory.resolve("anchor"));
        // So that there is a fingerprint to be added.
        if (command.equals("verify")) {
            assertThat(cli.at(CAPTURE.after(), AFTER, "record").status()).isZero();
            history = history();
        }

        long most = room > 0 ? room : Files.size(store.resolve("ledger.mv.db"));
        saysOneSentence(start(arguments(command), most), status, reason);

        assertThat(files()).isEqualTo(files);
        assertThat(Files.readString(directory.resolve("anchor"))).isEqualTo(anchor);
        assertThat(history()).isEqualTo(history);
        assertThat(cli.run("verify", "--anchor", file("anchor")).status()).isZero();
        assertThat(cli.at(CAPTURE.after(), AFTER, "record").status()).isZero();
    }

    @Test
    void aLedgerForWhoseTablesThereIsNoRoomIsNotBegun() throws Exception {
        Cli.Result first = cli.run("history", "guest1");
        List<String> record = List.of(
                "record",
                "--store",
                file("new"),
                "--taken-at",
                BEFORE,
                "--xenstore-dump",
                CAPTURE.before().xenstore().toString(),
                "--userdata",
                CAPTURE.before().userdata().toString());
        saysOneSentence(start(record, 20_000), ExitStatus.FAILED, "File too large");
        assertThat(Cli.runWithoutStore(record.toArray(String[]::new)).status()).isZero();
        assertThat(new Cli(directory.resolve("new")).run("history", "guest1").out())
                .isEqualTo(first.out());
    }

    private static void saysOneSentence(Process process, int status, String reason) throws InterruptedException {
        assertThat(process.errorReader(UTF_8).lines())
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("xenledger: ").contains(reason));
        assertThat(process.waitFor()).isEqualTo(status);
    }

    private List<String> arguments(String command) {
        return switch (command) {
            case "backup" -> List.of(command, file("backup"), "--store", store.toString());
            case "import" -> List.of(command, file("export"), "--store", file("imported"));
            case "verify" -> List.of(command, "--anchor", file("anchor"), "--store", store.toString());
            default -> List.of(command, "--store", store.toString());
        };
    }

    private static Process start(List<String> arguments, long room) throws IOException {
        List<String> command = new ArrayList<>(List.of(PRLIMIT.toString(), "--fsize=" + room));
        command.addAll(Child.command(List.of("-XX:-UsePerfData"), Main.class, arguments.toArray(String[]::new)));
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    private String history() {
        return cli.run("history", "guest1", "--output", "json").out();
    }

    /** All that is there, but for the store's own files. */
    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(Path::toString).sorted().toList();
        }
    }
}
