// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.xenledger.ledger.StoreLocation;
import org.xenledger.ledger.StoreUse;

/** A record that has looked at the host, and must wait until another process has written. */
class LateRecordTest extends OnPlugHost {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration OFTEN = Duration.ofMillis(2);

    @Test
    void doesNotTakeItsOldLookForNews() throws Exception {
        assertThat(host.run("record").status()).isZero();
        host.client().write("/local/domain/" + host.domid() + "/name", "renamed");
        StoreUse reading = StoreUse.take(StoreLocation.ofDirectory(host.store()), false, Duration.ZERO);
        Process record = host.program("record");
        try {
            // it looks while it has the database open to read
            await().pollInterval(OFTEN).atMost(PATIENCE).until(() -> hasDatabaseOpen(record));
            await().pollInterval(OFTEN).atMost(PATIENCE).until(() -> !hasDatabaseOpen(record));
            // in this process, so that it need not wait for the reader that the other one waits for
            Cli.Result attached = host.run(
                    "attach",
                    "renamed",
                    "disk",
                    "vdev=xvdb,format=raw,target=" + host.image(),
                    "--scripts",
                    host.scripts().toString());
            assertThat(attached.status()).as(attached.err()).isZero();
        } finally {
            reading.close();
        }
        String said = new String(record.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(record.waitFor()).isZero();
        assertThat(said).isEqualTo("nothing changed since the last look\n");
        assertThat(host.run("check").out()).contains("0 findings");
    }

    private boolean hasDatabaseOpen(Process process) throws IOException {
        try (var descriptors = Files.newDirectoryStream(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
            for (Path descriptor : descriptors) {
                if (leadsTo(descriptor).endsWith("ledger.mv.db")) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String leadsTo(Path descriptor) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (NoSuchFileException closed) {
            return "";
        }
    }
}
