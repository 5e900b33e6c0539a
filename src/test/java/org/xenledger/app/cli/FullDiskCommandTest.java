// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A record for whose events there is no more room. */
class FullDiskCommandTest {
    private static final Capture CAPTURE = Capture.named("h1-reboot");
    private static final String BEFORE = "2026-11-22T10:00:00Z";
    private static final String AFTER = "2026-11-22T11:00:00Z";
    private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");

    @TempDir
    private Path directory;

    @Test
    void aFullDiskIsSaidInOneSentenceAndTheLedgerIsAsItWas() throws Exception {
        assumeTrue(
                Files.isExecutable(PRLIMIT), "SKIPPED real part: prlimit is not installed, apt-get install util-linux");
        Path store = directory.resolve("ledger");
        Cli cli = new Cli(store);
        assertThat(cli.at(CAPTURE.before(), BEFORE, "record").status()).isZero();
        String history = cli.run("history", "guest1", "--output", "json").out();

        Path errors = directory.resolve("errors");
        long room = Files.size(store.resolve("ledger.mv.db"));
        assertThat(record(store, room, errors)).isEqualTo(ExitStatus.FAILED);
        assertThat(Files.readAllLines(errors))
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("xenledger: ").contains("File too large"));

        assertThat(cli.run("history", "guest1", "--output", "json").out()).isEqualTo(history);
        assertThat(cli.run("verify").status()).isZero();
        assertThat(cli.at(CAPTURE.after(), AFTER, "record").out()).contains("domid 7");
    }

    private int record(Path store, long room, Path errors) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(PRLIMIT.toString(), "--fsize=" + room));
        command.addAll(List.of(ProcessHandle.current().info().command().orElse("java"), "-XX:-UsePerfData"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), "record"));
        command.addAll(List.of("--store", store.toString(), "--taken-at", AFTER));
        command.addAll(List.of("--xenstore-dump", CAPTURE.after().xenstore().toString()));
        command.addAll(List.of("--userdata", CAPTURE.after().userdata().toString()));
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(errors.toFile())
                .start()
                .waitFor();
    }
}
