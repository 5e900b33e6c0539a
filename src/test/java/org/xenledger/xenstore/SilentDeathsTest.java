// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xenledger.xenstore.client.XenstoreClient;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.MessageType;

/** Domain 7 dies while it is read; other domains die all the time: each reply to READ comes with another's release. */
class SilentDeathsTest {
    private static final String HOME = "/local/domain/7";
    private static final String SPECIAL = "/" + SilentDeaths.RELEASE;

    private final FakeStore store = new FakeStore();
    private final AtomicBoolean dies = new AtomicBoolean();
    private volatile boolean releases = true;

    @BeforeEach
    void fill() {
        store.put("/libxl/8/type", "pvh");
        store.put(HOME + "/data/own", "7");
        store.put("/local/domain/0/name", "Domain-0");
    }

    @Test
    void wherePathsAreToldReleasesAreOfNoConcern() {
        assertThat(snapshot().gaps()).isEmpty();
    }

    @Test
    void whereTheyAreNotTheDeadDomainsPartIsReadAgainAndNothingElse() {
        store.put(SPECIAL, "");
        dies.set(true);
        XenstoreTree tree = snapshot();
        assertThat(tree.find(HOME)).isPresent();
        assertThat(tree.find(HOME + "/data")).isEmpty();
        assertThat(tree.gaps()).containsExactly(new Gap(HOME, Gap.Reason.CHANGING));
    }

    @Test
    void theMirrorReadsItsPartAgainAndNothingElse() {
        store.put(SPECIAL, "");
        releases = false;
        try (FakeDaemon daemon = new FakeDaemon(this::answer);
                XenstoreClient client = XenstoreClient.open(daemon.socket());
                LiveMirror mirror = LiveMirror.open(
                        client, Snapshot.DOMAIN_ROOTS, ReadLimits.DEFAULT, Clock.systemUTC(), view -> {})) {
            await().until(() -> mirror.view().tree().gaps().isEmpty());
            XenstoreTree before = mirror.view().tree();
            assertThat(before.find(HOME + "/data")).isPresent();
            dies.set(true);
            client.read(HOME);
            await().until(() -> mirror.view().tree().find(HOME + "/data").isEmpty());
            XenstoreTree after = mirror.view().tree();
            assertThat(after.find("/libxl").orElseThrow())
                    .isSameAs(before.find("/libxl").orElseThrow());
            assertThat(after.find("/local/domain/0").orElseThrow())
                    .isSameAs(before.find("/local/domain/0").orElseThrow());
        }
    }

    private XenstoreTree snapshot() {
        try (FakeDaemon daemon = new FakeDaemon(this::answer);
                XenstoreClient client = XenstoreClient.open(daemon.socket())) {
            return new Snapshot(Snapshot.DOMAIN_ROOTS, ReadLimits.DEFAULT, false).read(client);
        }
    }

    private List<ByteBuffer> answer(Frame request) {
        List<ByteBuffer> sent = new ArrayList<>(store.answer(request));
        boolean died =
                request.is(MessageType.READ) && request.strings().get(0).startsWith(HOME) && dies.getAndSet(false);
        if (died) {
            store.remove(HOME + "/data");
        }
        if ((died || (releases && request.is(MessageType.READ))) && store.isWatched(SilentDeaths.RELEASE)) {
            // known before the reply, after which the read may end
            sent.add(0, store.event(SilentDeaths.RELEASE, SilentDeaths.RELEASE));
        }
        return sent;
    }
}
