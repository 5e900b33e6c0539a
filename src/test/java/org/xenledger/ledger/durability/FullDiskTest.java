// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenledger.ledger.Child;
import org.xenledger.ledger.StoreLocation;

/** There is no more room for the ledger's file while it is written. */
class FullDiskTest {
    private static final String REFUSED = "(refused|again|closing) LedgerException: the ledger.*";
    private static final String NOTHING_MORE =
            "again LedgerException: the ledger could not be written to the disk and takes nothing more until it is opened anew: ";
    /** What H2 says when its own thread met the full disk first. */
    private static final String CLOSED = "The database has been closed";

    private static final int THREADS = 4;
    private static final int TRIED_AGAIN = 2;

    private final Acknowledged acknowledged = new Acknowledged();

    @TempDir
    Path temp;

    @ParameterizedTest
    @ValueSource(ints = {150_000, 301_234, 700_001, 1_500_000})
    void nothingAcknowledgedIsLostWhenTheFileMayNotGrow(int bytes) throws Exception {
        assumeTrue(
                run("prlimit", "--version") == 0,
                "SKIPPED real part: prlimit is not installed, to run it: apt-get install util-linux");
        StoreLocation location = StoreLocation.ofDirectory(temp.resolve("store"));
        writeUntilRefused(List.of("prlimit", "--fsize=" + bytes), location, "File too large");
        checkAndWriteOn(location);
    }

    @Test
    void nothingAcknowledgedIsLostWhenTheDiskIsFull() throws Exception {
        Path disk = Files.createDirectory(temp.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()) == 0,
                "SKIPPED real part: only root may mount a small tmpfs");
        try {
            StoreLocation location = StoreLocation.ofDirectory(disk.resolve("store"));
            writeUntilRefused(List.of(), location, "No space left on device");
            assertThat(run("mount", "-o", "remount,size=64m", disk.toString())).isZero();
            checkAndWriteOn(location);
        } finally {
            run("umount", disk.toString());
        }
    }

    private void writeUntilRefused(List<String> prefix, StoreLocation location, String reason) throws Exception {
        List<String> refusals = new ArrayList<>();
        try (Child child = Child.start(command(prefix, location, Integer.MAX_VALUE))) {
            assertThat(child.line()).isEqualTo("start");
            for (String line : child.lines()) {
                if (!acknowledged.read(line)) {
                    refusals.add(line);
                }
            }
            assertThat(child.exitStatus()).isEqualTo(WriterProcess.REFUSED);
        }
        System.out.printf("full disk: %d acknowledged, then: %s%n", acknowledged.count(), refusals);
        assertThat(refusals)
                .anySatisfy(line -> assertThat(line).matches("refused .*: (" + reason + "|" + CLOSED + ")"))
                .allSatisfy(line -> assertThat(line).matches(REFUSED));
        assertThat(refusals).filteredOn(line -> line.startsWith(NOTHING_MORE)).hasSize(TRIED_AGAIN);
        assertThat(location.directory().resolve("ledger.holder"))
                .as("whoever writes next is told to check the store")
                .exists();
    }

    private void checkAndWriteOn(StoreLocation location) throws Exception {
        StoreCheck.asLeft(location, acknowledged);
        try (Child child = Child.start(command(List.of(), location, 5))) {
            child.lines().forEach(acknowledged::read);
            assertThat(child.exitStatus()).isZero();
        }
        StoreCheck.asTakenOver(location, acknowledged);
    }

    private static List<String> command(List<String> prefix, StoreLocation location, int commands) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(Child.command(
                List.of(),
                WriterProcess.class,
                location.toString(),
                Integer.toString(THREADS),
                Integer.toString(commands)));
        return command;
    }

    private static int run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return -1;
        }
    }
}
