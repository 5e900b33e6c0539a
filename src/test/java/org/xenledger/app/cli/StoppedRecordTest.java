// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xenledger.ledger.Child;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.StoreLocation;

/** A record that is told to end while it has the ledger open: by SIGTERM, which is what Ctrl-C does, too. */
class StoppedRecordTest {
    private static final int SIGTERM = 128 + 15;

    @TempDir
    private Path directory;

    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES)
    void closesTheLedgerFirst() throws Exception {
        Path store = directory.resolve("ledger");
        Path pipe = directory.resolve("dump");
        Path userdata = Files.createDirectory(directory.resolve("userdata"));
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        try (Child record = Child.start(
                Main.class,
                "record",
                "--store",
                store.toString(),
                "--xenstore-dump",
                pipe.toString(),
                "--userdata",
                userdata.toString())) {
            // Opens when the other end does: a first record makes the ledger, then looks.
            try (OutputStream end = Files.newOutputStream(pipe)) {
                assertThat(store.resolve("ledger.holder")).exists();
                ProcessHandle.of(record.pid()).orElseThrow().destroy();
                assertThat(record.exitStatus()).isEqualTo(SIGTERM);
                assertThat(end).isNotNull();
            }
        }
        try (Store left = Store.openForWriting(StoreLocation.ofDirectory(store), Store.PATIENCE)) {
            assertThat(left.stoppedUncleanly()).isFalse();
        }
    }
}
