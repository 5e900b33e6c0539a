// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xenledger.domain.HostIdentity;
import org.xenledger.domain.Provenance;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.event.LifecycleEvent.DomainRegistered;
import org.xenledger.ledger.Child;
import org.xenledger.ledger.Ledger;
import org.xenledger.ledger.Ledgers;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.StoreLocation;
import org.xenledger.ledger.axon.AxonLedger;

/** One look for one record: the dump comes through a pipe, which nobody can read twice. */
class RecordCommandTest {
    private static final Capture CAPTURE = Capture.named("b-block-attach-detach");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final StreamId OTHER = Ledgers.stream(9);
    private static final Provenance BY =
            new Provenance("others", new HostIdentity("dump", ""), "record", Instant.parse("2026-11-22T10:30:00Z"));

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

    /**
     * The other one appends in the moment between the look and its recording: the child, whose pipe has been read, waits for
     * a reader here, which becomes the writer.
     */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aLookIsTakenOnceAlsoWhenAnotherProcessRecordsMeanwhile() throws Exception {
        through(CAPTURE.before(), "2026-11-22T10:00:00Z");
        StoreLocation ledger = StoreLocation.ofDirectory(directory.resolve("ledger"));
        Path pipe = pipe("2026-11-22T11-00-00Z");
        try (Child record = Child.start(
                Main.class,
                "record",
                "--store",
                ledger.toString(),
                "--xenstore-dump",
                pipe.toString(),
                "--userdata",
                CAPTURE.after().userdata().toString(),
                "--taken-at",
                "2026-11-22T11:00:00Z")) {
            try (Store reader = Store.openForReading(ledger, Store.PATIENCE)) {
                assertThat(reader.writable()).isFalse();
                try (OutputStream dump = Files.newOutputStream(pipe)) {
                    Files.copy(CAPTURE.after().xenstore(), dump);
                }
                Thread.sleep(1500);
            }
            try (Ledger other = AxonLedger.open(Ledgers.open(ledger), Ledgers.CLOCK)) {
                other.handleAll(List.of(new Ledgers.Append(OTHER, List.of(new DomainRegistered(BY, false)))));
            }
            assertThat(record.lines()).last().asString().endsWith("of 1 domain recorded");
            assertThat(record.exitStatus()).isZero();
        }
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

    private Path pipe(String name) throws IOException, InterruptedException {
        Path pipe = directory.resolve("dump-" + name);
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        return pipe;
    }

    private Cli.Result through(Capture.Moment moment, String takenAt) {
        return assertTimeoutPreemptively(PATIENCE, () -> {
            Path pipe = pipe(takenAt.replace(':', '-'));
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
