// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xenledger.xenstore.client.XenstoreClient;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.MessageType;

/** A daemon that tells of a change and then answers nobody who wants to read it: what was known stays known. */
class UnansweredMirrorTest {
    private static final Duration TIME = Duration.ofSeconds(1);
    private static final String TOP = "/libxl";

    private final FakeStore store = new FakeStore();
    private volatile boolean answers = true;

    @Test
    void whatCannotBeReadInTimeStaysAsItWasAndIsAGap() {
        store.put(TOP + "/1/type", "pvh");
        ReadLimits usual = ReadLimits.DEFAULT;
        ReadLimits limits = new ReadLimits(usual.nodes(), usual.bytes(), usual.depth(), usual.children(), TIME);
        try (FakeDaemon daemon = new FakeDaemon(this::answer);
                XenstoreClient client = XenstoreClient.open(daemon.socket());
                LiveMirror mirror = LiveMirror.open(client, List.of(TOP), limits, Clock.systemUTC(), view -> {})) {
            await().until(() -> mirror.view().tree().whole());
            answers = false;
            client.write(TOP, "");
            await().until(() -> mirror.view().tree().gaps().contains(new Gap(TOP, Gap.Reason.TIME)));
            assertThat(mirror.view().tree().value(TOP + "/1/type")).contains("pvh");
            answers = true;
            await().until(() -> mirror.view().tree().whole());
            assertThat(mirror.view().tree().value(TOP + "/1/type")).contains("pvh");
        }
    }

    private List<ByteBuffer> answer(Frame request) {
        if (!answers && (request.is(MessageType.READ) || request.is(MessageType.DIRECTORY))) {
            return List.of();
        }
        List<ByteBuffer> sent = new ArrayList<>(store.answer(request));
        if (request.is(MessageType.WRITE)) {
            sent.add(store.event(TOP, TOP));
        }
        return sent;
    }
}
