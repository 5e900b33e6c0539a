// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenledger.ledger.Child;

/** What the kernel is asked for, before an event is acknowledged. */
class SystemCallsTest {
    private static final int COMMANDS = 8;

    @TempDir
    Path temp;

    @Test
    void theFileIsSyncedBetweenItsLastWriteAndTheAcknowledgement() throws Exception {
        SystemCalls calls = trace();
        System.out.printf("strace: %d acknowledgements, %d syncs%n", calls.acknowledgements(), calls.syncs());
        assertThat(calls.acknowledgements()).isEqualTo(COMMANDS);
        assertThat(calls.syncs()).isGreaterThanOrEqualTo(COMMANDS);
        assertThat(calls.unsynced()).isZero();
    }

    @Test
    void aLedgerThatDoesNotSyncIsFoundOut() throws Exception {
        SystemCalls calls = trace("nosync");
        assertThat(calls.acknowledgements()).isEqualTo(COMMANDS);
        assertThat(calls.unsynced()).isPositive();
    }

    @Test
    void aWriteThatEndsAfterTheSyncBeganIsNotSynced() {
        List<String> lines = List.of(
                "7 pwrite64(5</s/ledger.mv.db>, \"x\"..., 4096, 0 <unfinished ...>",
                "8 fsync(5</s/ledger.mv.db> <unfinished ...>",
                "7 <... pwrite64 resumed>) = 4096",
                "8 <... fsync resumed>) = 0",
                "9 write(1<pipe:[1]>, \"ack 1 s 0 .\\n\", 12) = 12",
                "7 pwrite64(5</s/ledger.mv.db>, \"x\"..., 4096, 0) = 4096",
                "8 fsync(5</s/ledger.mv.db>) = 0",
                "9 write(1<pipe:[1]>, \"ack 2 s 1 .\\n\", 12) = 12",
                "7 pwrite64(5</s/ledger.mv.db>, \"x\"..., 4096, 0) = 4096",
                "8 fsync(5</s/ledger.mv.db>) = -1 EIO (Input/output error)",
                "9 write(1<pipe:[1]>, \"ack 3 s 2 .\\n\", 12) = 12");
        SystemCalls calls = SystemCalls.read(lines, "ledger.mv.db");
        assertThat(calls.acknowledgements()).isEqualTo(3);
        assertThat(calls.syncs()).isEqualTo(2);
        assertThat(calls.unsynced()).isEqualTo(2);
    }

    private SystemCalls trace(String... more) throws Exception {
        assumeTrue(
                straceWorks(),
                "SKIPPED real part: strace is not installed, to see the system calls: apt-get install strace");
        Path file = temp.resolve("calls");
        List<String> command = new ArrayList<>(List.of("strace", "-f", "-y", "-o", file.toString()));
        command.addAll(List.of("-e", "trace=fsync,fdatasync,write,pwrite64"));
        List<String> arguments =
                new ArrayList<>(List.of(temp.resolve("store").toString(), "1", Integer.toString(COMMANDS)));
        arguments.addAll(List.of(more));
        command.addAll(Child.command(List.of(), WriterProcess.class, arguments.toArray(String[]::new)));
        try (Child child = Child.start(command)) {
            child.lines();
            assertThat(child.exitStatus()).isZero();
        }
        return SystemCalls.read(Files.readAllLines(file, StandardCharsets.ISO_8859_1), "ledger.mv.db");
    }

    /** It may be there and not be allowed to trace. */
    private static boolean straceWorks() throws InterruptedException {
        try {
            return new ProcessBuilder("strace", "-o", "/dev/null", "true")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
