// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One look for one record: the dump comes through a pipe, which nobody can read twice. */
class RecordCommandTest {
    private static final Capture CAPTURE = Capture.named("b-block-attach-detach");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path directory;

    private Cli cli;

    @BeforeEach
    void openCli() {
        cli = new Cli(directory.resolve("ledger"));
    }

    @Test
    void theFirstLookAndEachLaterOneIsTakenOnce() {
        assertThat(through(CAPTURE.before(), "2026-11-22T10:00:00Z"))
                .extracting(Cli.Result::out, Cli.Result::err)
                .asString()
                .contains("2 domains recorded");
        assertThat(through(CAPTURE.after(), "2026-11-22T11:00:00Z").out()).contains("1 domain recorded");
        assertThat(through(CAPTURE.after(), "2026-11-22T12:00:00Z").out()).contains("nothing changed");
    }

    @Test
    void aQuietLookWritesNothing() throws IOException {
        through(CAPTURE.before(), "2026-11-22T10:00:00Z");
        Map<String, FileTime> before = files();
        assertThat(through(CAPTURE.before(), "2026-11-22T11:00:00Z").status()).isZero();
        assertThat(files()).isEqualTo(before);
    }

    private Map<String, FileTime> files() throws IOException {
        Map<String, FileTime> times = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory.resolve("ledger"))) {
            for (Path file : files.toList()) {
                times.put(file.toString(), Files.getLastModifiedTime(file));
            }
        }
        return times;
    }

    private Cli.Result through(Capture.Moment moment, String takenAt) {
        Path pipe = directory.resolve("dump-" + takenAt.replace(':', '-'));
        return assertTimeoutPreemptively(PATIENCE, () -> {
            assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                    .isZero();
            Process writer = new ProcessBuilder(
                            "sh", "-c", "cat \"$0\" > \"$1\"", moment.xenstore().toString(), pipe.toString())
                    .start();
            try {
                return cli.run(
                        "record",
                        "--xenstore-dump",
                        pipe.toString(),
                        "--userdata",
                        moment.userdata().toString(),
                        "--taken-at",
                        takenAt);
            } finally {
                writer.destroyForcibly();
            }
        });
    }
}
