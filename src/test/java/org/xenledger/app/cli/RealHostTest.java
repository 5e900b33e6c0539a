// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenledger.xenstore.RealXenstored.Daemon;
import org.xenledger.xenstore.client.XenstoreClient;

/** What is recorded and found on a real daemon that lost its store, and beside a guest that floods it. */
class RealHostTest {
    @TempDir
    private Path directory;

    private Cli cli;
    private RealHost host;

    @BeforeEach
    void recordTwoGuests() throws IOException {
        cli = new Cli(directory.resolve("ledger"));
        host = new RealHost(Daemon.XENSTORED, directory.resolve("userdata"));
        host.initDomain0();
        host.create(1);
        host.create(2);
        assertThat(host.run(cli, "record").status()).isZero();
        assertThat(host.run(cli, "check").out()).isEqualTo("0 findings, 0 notes; 3 domains looked at\n");
    }

    @AfterEach
    void close() {
        if (host != null) {
            host.close();
        }
    }

    @Test
    void aDaemonThatLostItsStoreEndsNothing() throws IOException {
        host.restart(Daemon.XENSTORED);
        isInTrouble();
        host.initDomain0();
        isInTrouble();
        host.client().write("/libxl/0/dm-version", "qemu_xen");
        isInTrouble();
    }

    private void isInTrouble() {
        Cli.Result record = host.run(cli, "record", "--output", "json");
        assertThat(record.out()).as(record.err()).isEqualToIgnoringWhitespace("[]");
        Cli.Result check = host.run(cli, "check");
        assertThat(check.status()).isEqualTo(ExitStatus.DIFFERENCE);
        assertThat(check.out())
                .contains("finding  STORE_IN_TROUBLE\n         guest1 (1), guest2 (2)\n")
                .doesNotContain("ORPHAN", "GONE", "LEFTOVER");
        assertThat(host.run(cli, "show", "guest1").out()).contains("vbd/51712");
    }

    @Test
    void twoGuestsThatWereDestroyedInOrderHaveEnded() throws IOException {
        host.destroy(1);
        host.destroy(2);
        assertThat(host.run(cli, "record").out())
                .containsOnlyOnce("domid 1, vanished")
                .contains("domid 2, vanished");
        assertThat(host.run(cli, "check").out()).doesNotContain("STORE_IN_TROUBLE");
    }

    @Test
    void whileAGuestFloodsItsNodesAnotherOnesEndIsRecorded() throws Exception {
        host.client().write("/local/domain/1/data" + "/d".repeat(140), "too deep to be read");
        host.destroy(2);
        AtomicBoolean stop = new AtomicBoolean();
        Thread flood = new Thread(() -> flood(stop));
        flood.start();
        try {
            Cli.Result record = host.run(cli, "record");
            assertThat(record.out())
                    .as(record.err())
                    .contains("domid 2, vanished")
                    .doesNotContain("domid 1, vanished");
            assertThat(host.run(cli, "check").out())
                    .contains("GUEST_UNREAD")
                    .doesNotContain("INCOMPLETE", "STORE_IN_TROUBLE", "guest2");
        } finally {
            stop.set(true);
            flood.join();
        }
    }

    /** All that a guest may write: its data, its frontends, and by them what Domain-0's backends write. */
    private void flood(AtomicBoolean stop) {
        try (XenstoreClient guest = XenstoreClient.open(host.socket())) {
            for (int i = 0; !stop.get(); i++) {
                guest.write("/local/domain/1/data/x" + i % 50, Integer.toString(i));
                guest.write("/local/domain/1/device/vbd/51712/x" + i % 50, Integer.toString(i));
                guest.write("/local/domain/1/device/vbd/51712/state", i % 2 == 0 ? "4" : "3");
                guest.write("/local/domain/0/backend/vbd/1/51712/state", i % 2 == 0 ? "4" : "3");
            }
        }
    }
}
