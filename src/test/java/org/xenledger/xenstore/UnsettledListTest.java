// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.xenledger.xenstore.client.XenstoreClient;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.MessageType;

/** A list of children in parts that never stood still while it was first read, and does now: nothing of it stays missing. */
class UnsettledListTest {
    private static final String LONG = "/local/domain";
    private static final int RESTLESS = 60;

    private final AtomicInteger parts = new AtomicInteger();

    @Test
    void theMirrorReadsItAgainWithoutAnEvent() {
        try (FakeDaemon daemon = new FakeDaemon(this::answer);
                XenstoreClient client = XenstoreClient.open(daemon.socket());
                LiveMirror mirror = LiveMirror.open(
                        client, Snapshot.DOMAIN_ROOTS, ReadLimits.DEFAULT, Clock.systemUTC(), view -> {})) {
            await().until(() -> mirror.view().current()
                    && mirror.view().tree().value(LONG + "/1").isPresent());
            assertThat(mirror.view().tree().gaps()).isEmpty();
            assertThat(parts.get()).isGreaterThan(RESTLESS);
        }
    }

    private List<ByteBuffer> answer(Frame request) {
        MessageType type =
                Stream.of(MessageType.values()).filter(request::is).findFirst().orElseThrow();
        String path = request.strings().get(0);
        return switch (type) {
            case WATCH -> FakeDaemon.watched(request);
            case DIRECTORY ->
                List.of(
                        path.equals(LONG)
                                ? FakeDaemon.error(request, "E2BIG")
                                : FakeDaemon.reply(request, MessageType.DIRECTORY, ""));
            case DIRECTORY_PART -> List.of(FakeDaemon.reply(request, MessageType.DIRECTORY_PART, part()));
            default -> List.of(FakeDaemon.reply(request, type, type == MessageType.READ ? "" : "OK\0"));
        };
    }

    /** Another generation each time, and then one that stays. */
    private String part() {
        int count = parts.incrementAndGet();
        return count <= RESTLESS ? count + "\0" + "1\0" : "99\0" + "1\0\0";
    }
}
