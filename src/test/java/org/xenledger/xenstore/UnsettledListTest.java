// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
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

    /** After so many parts that do not fit together the list is given up ({@code ChildList}). */
    private static final int MOST_IN_ONE_READ = 18;

    private final AtomicInteger parts = new AtomicInteger();
    private volatile String token;

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

    /** The value has no room; a child comes while the list does not stand still, and then it does. */
    @Test
    void aValueThatWasLeftOutStaysSaid() {
        ReadLimits limits = new ReadLimits(100, 40, 10, 10, Duration.ofSeconds(20));
        XenstoreTree tree;
        try (FakeDaemon daemon = new FakeDaemon(this::answerWithAChild);
                XenstoreClient client = XenstoreClient.open(daemon.socket())) {
            tree = new Snapshot(List.of(LONG), limits, false).read(client);
        }
        assertThat(parts.get()).isGreaterThan(MOST_IN_ONE_READ);
        assertThat(tree.gaps()).containsExactly(new Gap(LONG, Gap.Reason.BYTES));
        assertThat(tree.find(LONG + "/1")).isPresent();
    }

    private List<ByteBuffer> answerWithAChild(Frame request) {
        if (request.is(MessageType.WATCH)) {
            token = request.strings().get(1);
        }
        if (request.is(MessageType.READ) && request.strings().get(0).equals(LONG)) {
            return List.of(FakeDaemon.reply(request, MessageType.READ, "v".repeat(50)));
        }
        List<ByteBuffer> sent = new ArrayList<>(answer(request));
        if (request.is(MessageType.DIRECTORY_PART) && parts.get() == MOST_IN_ONE_READ) {
            parts.set(RESTLESS);
            // known before the list is given up
            sent.add(0, new Frame(MessageType.WATCH_EVENT.code(), 0, 0, LONG + "/1\0" + token + '\0').encode());
        }
        return sent;
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
