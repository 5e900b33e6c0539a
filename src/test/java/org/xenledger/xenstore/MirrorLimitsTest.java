// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xenledger.xenstore.client.XenstoreClient;

/** What a mirror reads again counts once against its limits. */
class MirrorLimitsTest {
    private static final ReadLimits LIMITS = new ReadLimits(1600, 16 << 20, 10, 2000, Duration.ofSeconds(20));
    private static final String PART = "/local/domain/1/data/a";

    private DaemonUnderTest daemon;
    private XenstoreClient client;

    @BeforeEach
    void start() {
        daemon = EmbeddedXenstored.startEmpty();
        client = XenstoreClient.open(daemon.socket());
    }

    @AfterEach
    void stop() {
        client.close();
        daemon.close();
    }

    private void fill(String path, int nodes) {
        for (int i = 0; i < nodes; i++) {
            client.write(path + "/n" + i, "");
        }
    }

    private void assertWholeAfterAChangeOf(String path) {
        try (LiveMirror mirror =
                LiveMirror.open(client, Snapshot.DOMAIN_ROOTS, LIMITS, Clock.systemUTC(), view -> {})) {
            assertThat(mirror.view().tree().gaps()).isEmpty();
            List<XenstoreNode> before = mirror.view().tree().children(path);
            client.write(path, "changed");
            await().until(() -> mirror.view().tree().value(path).equals(Optional.of("changed")));
            assertThat(mirror.view().tree().gaps()).isEmpty();
            assertThat(mirror.view().tree().children(path)).isEqualTo(before);
        }
    }

    @Test
    void aTreeOfMoreThanHalfOfWhatMayBe() {
        fill("/libxl", 1000);
        assertWholeAfterAChangeOf("/libxl");
    }

    /** A directory of a guest's may have a sixteenth of the nodes. */
    @Test
    void mostOfAGuestsDirectory() {
        fill(PART, 70);
        assertWholeAfterAChangeOf(PART);
    }
}
