// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenledger.ledger.StoreLocation;
import org.xenledger.ledger.StoreUse;

/** A record that has looked at the host, and must wait until another process has written. */
class LateRecordTest {
    /** For a start and a look, also on a busy machine; when it is too short the test shows less, and does not fail. */
    private static final Duration LOOKED = Duration.ofSeconds(4);

    @TempDir
    private Path directory;

    @Test
    void doesNotTakeItsOldLookForNews() throws Exception {
        try (PlugHost host = new PlugHost(directory)) {
            assertThat(host.run("record").status()).isZero();
            host.client().write("/local/domain/" + host.domid() + "/name", "renamed");
            StoreUse reading = StoreUse.take(StoreLocation.ofDirectory(host.store()), false, Duration.ZERO);
            Process record = host.program("record");
            try {
                Thread.sleep(LOOKED.toMillis());
                // in this process, so that it need not wait for the reader that the other one waits for
                Cli.Result attached = host.run(
                        "attach",
                        "renamed",
                        "disk",
                        "format=raw,vdev=xvdb,target=" + Files.createFile(directory.resolve("i")),
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
    }
}
