// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenledger.ledger.Child;

/** Commands that the system refuses something: room on a disk, or a file that they may not read. */
class SystemRefusalsTest {
    private static final Capture CAPTURE = Capture.named("h1-reboot");
    private static final String BEFORE = "2026-11-22T10:00:00Z";
    private static final String AFTER = "2026-11-22T11:00:00Z";
    private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");
    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
    private static final String SKIPPED = "SKIPPED real part: %s is not installed, apt-get install util-linux";

    /** Every write to it fails as on a full disk (null(4)). */
    private static final File FULL = new File("/dev/full");

    @TempDir
    private Path directory;

    @Test
    void aFullDiskIsSaidInOneSentenceAndTheLedgerIsAsItWas() throws Exception {
        Path store = directory.resolve("ledger");
        Cli cli = new Cli(store);
        assertThat(cli.at(CAPTURE.before(), BEFORE, "record").status()).isZero();
        String history = cli.run("history", "guest1", "--output", "json").out();

        long room = Files.size(store.resolve("ledger.mv.db"));
        saysOneSentence(
                run(withRoom(room), "record", "--store", store.toString()), ExitStatus.FAILED, "File too large");

        assertThat(cli.run("history", "guest1", "--output", "json").out()).isEqualTo(history);
        assertThat(cli.run("verify").status()).isZero();
        assertThat(cli.at(CAPTURE.after(), AFTER, "record").out()).contains("domid 7");
    }

    @ParameterizedTest
    @CsvSource({"export, 1", "list, 1", "check, 2"})
    void aResultThatFindsNoRoomIsNoSuccess(String command, int status) throws Exception {
        Cli cli = new Cli(directory.resolve("ledger"));
        assertThat(cli.at(CAPTURE.after(), AFTER, "record").status()).isZero();
        assertThat(cli.at(CAPTURE.after(), AFTER, "check").status()).isZero();
        saysOneSentence(
                run(ProcessBuilder.Redirect.to(FULL), List.of(), command, "--store", directory + "/ledger"),
                status,
                "cannot be written");
    }

    @ParameterizedTest
    @ValueSource(strings = {"history guest1", "export", "check"})
    void aReaderThatHasSeenEnoughIsNoFailure(String command) throws Exception {
        Cli cli = new Cli(directory.resolve("ledger"));
        assertThat(cli.at(CAPTURE.after(), AFTER, "record").status()).isZero();
        // a process substitution ends without a look at what it is given
        List<String> closed =
                List.of("bash", "-c", "exec \"$@\" > >(exec true)", "bash", "sh", "-c", "sleep 1; exec \"$@\"", "sh");
        Ended ended = run(closed, (command + " --store " + directory + "/ledger").split(" "));
        assertThat(ended.errors()).isEmpty();
        assertThat(ended.status()).isEqualTo(ExitStatus.READER_GONE);
    }

    @Test
    void aTemporaryDirectoryWithoutRoomIsSaidWithItsFile() throws Exception {
        saysOneSentence(
                run(withRoom(1000), "demo"), ExitStatus.FAILED, "cannot unpack /tmp/xenledger-demo", "File too large");
    }

    @Test
    void aTemporaryDirectoryThatIsNotThereIsSaid() throws Exception {
        Path nowhere = directory.resolve("nowhere");
        List<String> java = List.of("env", "JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=" + nowhere);
        Ended demo = run(java, "demo");
        assertThat(demo.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(demo.errors())
                .filteredOn(line ->
                        !line.startsWith("Picked up JAVA_TOOL_OPTIONS") && !line.startsWith("WARNING: java.io.tmpdir"))
                .singleElement()
                .asString()
                .startsWith("xenledger: cannot make a temporary directory: " + nowhere)
                .endsWith("there is no such file or directory");
    }

    /** Root may read what it likes only by its capabilities; without those it is refused as others are. */
    @ParameterizedTest
    @CsvSource({"record, 1", "check, 2"})
    void aLedgerThatOnlyOthersMayReadIsNotTakenForNone(String command, int status) throws Exception {
        assumeTrue(Files.isExecutable(SETPRIV), SKIPPED.formatted("setpriv"));
        Path store = directory.resolve("ledger");
        assertThat(new Cli(store).at(CAPTURE.before(), BEFORE, "record").status())
                .isZero();
        Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("---------"));
        try {
            saysOneSentence(
                    run(plain(), command, "--store", store.toString()),
                    status,
                    "permission denied to read the ledger at " + store + ": run as root");
        } finally {
            Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** As a copy on a read-only disk is, or one that another version wrote, which knew no lock. */
    @ParameterizedTest
    @CsvSource({"true", "false"})
    void aLedgerInADirectoryThatMayOnlyBeReadIsRead(boolean locked) throws Exception {
        assumeTrue(Files.isExecutable(SETPRIV), SKIPPED.formatted("setpriv"));
        Path store = directory.resolve("ledger");
        assertThat(new Cli(store).at(CAPTURE.before(), BEFORE, "record").status())
                .isZero();
        Path lock = store.resolve("ledger.lock");
        if (locked) {
            Files.setPosixFilePermissions(lock, PosixFilePermissions.fromString("r--------"));
        } else {
            Files.delete(lock);
        }
        Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("r-x------"));
        try {
            Ended list = run(plain(), "history", "guest1", "--store", store.toString());
            assertThat(list.errors()).isEmpty();
            assertThat(list.status()).isZero();
            saysOneSentence(
                    run(plain(), "compact", "--store", store.toString()),
                    ExitStatus.FAILED,
                    "the ledger at " + store + " cannot be locked: " + lock);
        } finally {
            Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** Without the capabilities by which root may do what it likes. */
    private static List<String> plain() {
        return System.getProperty("user.name").equals("root")
                ? List.of(SETPRIV.toString(), "--bounding-set=-dac_override,-dac_read_search")
                : List.of();
    }

    /** What a process said on standard error and returned. */
    private record Ended(int status, List<String> errors) {}

    private static List<String> withRoom(long bytes) {
        assumeTrue(Files.isExecutable(PRLIMIT), SKIPPED.formatted("prlimit"));
        return List.of(PRLIMIT.toString(), "--fsize=" + bytes);
    }

    private Ended run(List<String> prefix, String... arguments) throws Exception {
        return run(ProcessBuilder.Redirect.DISCARD, prefix, arguments);
    }

    /** The program in a process of its own; where it looks, it looks at the capture. */
    private Ended run(ProcessBuilder.Redirect out, List<String> prefix, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(Child.command(List.of("-XX:-UsePerfData"), Main.class, arguments));
        command.addAll(List.of("--taken-at", AFTER));
        command.addAll(List.of("--xenstore-dump", CAPTURE.after().xenstore().toString()));
        command.addAll(List.of("--userdata", CAPTURE.after().userdata().toString()));
        Path errors = directory.resolve("errors");
        int status = new ProcessBuilder(command)
                .redirectOutput(out)
                .redirectError(errors.toFile())
                .start()
                .waitFor();
        return new Ended(status, Files.readAllLines(errors));
    }

    private static void saysOneSentence(Ended ended, int status, String... parts) {
        assertThat(ended.errors())
                .singleElement()
                .asString()
                .startsWith("xenledger: ")
                .contains(parts);
        assertThat(ended.status()).isEqualTo(status);
    }
}
