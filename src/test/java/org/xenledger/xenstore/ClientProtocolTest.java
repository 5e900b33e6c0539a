// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.xenledger.xenstore.client.Deadline;
import org.xenledger.xenstore.client.Pipeline;
import org.xenledger.xenstore.client.RefusedException;
import org.xenledger.xenstore.client.WatchSink;
import org.xenledger.xenstore.client.XenstoreClient;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.MessageType;
import org.xenledger.xenstore.wire.XenstorePermission;

/** What the client sends, and what it makes of answers that the real daemons seldom or never give. */
class ClientProtocolTest {
    private static final int MOST_IN_FLIGHT = 64;

    private final List<Frame> asked = Collections.synchronizedList(new ArrayList<>());

    @Test
    void noMoreThanSixtyFourRequestsWaitForTheirReplies() {
        try (FakeDaemon daemon = new FakeDaemon(this::noAnswer);
                XenstoreClient client = XenstoreClient.open(daemon.socket());
                Pipeline pipeline = client.pipeline()) {
            for (int i = 0; i < 1000; i++) {
                pipeline.ask(MessageType.READ, reply -> {}, "/" + i);
            }
            await().until(() -> asked.size() >= MOST_IN_FLIGHT);
            assertThat(pipeline.drain(Deadline.in(Duration.ofMillis(200)))).isFalse();
            assertThat(asked).hasSize(MOST_IN_FLIGHT);
        }
    }

    private List<ByteBuffer> noAnswer(Frame request) {
        asked.add(request);
        return List.of();
    }

    /** Neither daemon promises to answer in order, and both do. */
    @Test
    void eachReplyFindsItsRequestInWhateverOrderTheyCome() {
        Map<String, String> replies = new ConcurrentHashMap<>();
        try (FakeDaemon daemon = new FakeDaemon(this::answerTheLastFirst);
                XenstoreClient client = XenstoreClient.open(daemon.socket());
                Pipeline pipeline = client.pipeline()) {
            for (int i = 0; i < 10 * MOST_IN_FLIGHT; i++) {
                String path = "/" + i;
                pipeline.ask(MessageType.READ, reply -> replies.put(path, reply.body()), path);
            }
            assertThat(pipeline.drain(Deadline.in(Duration.ofSeconds(30)))).isTrue();
        }
        assertThat(replies)
                .hasSize(10 * MOST_IN_FLIGHT)
                .allSatisfy((path, body) -> assertThat(body).isEqualTo(path));
    }

    private List<ByteBuffer> answerTheLastFirst(Frame request) {
        asked.add(request);
        if (asked.size() < MOST_IN_FLIGHT) {
            return List.of();
        }
        Collections.reverse(asked);
        List<ByteBuffer> all = asked.stream()
                .map(each ->
                        FakeDaemon.reply(each, MessageType.READ, each.strings().get(0)))
                .toList();
        asked.clear();
        return all;
    }

    /** A request of no length would stay unanswered by oxenstored; the number 0 is that of events. */
    @Test
    void everyRequestHasAPayloadAndANumber() {
        try (FakeDaemon daemon = new FakeDaemon(this::yes);
                XenstoreClient client = XenstoreClient.open(daemon.socket())) {
            client.read("/a");
            client.children("/a");
            client.permissions("/a");
            client.write("/a", "");
            client.makeDirectory("/a");
            client.remove("/a");
            client.setPermissions("/a", List.of(new XenstorePermission('n', 0)));
            client.transaction(transaction -> transaction.read("/a"));
            client.listen("/a", new IgnoredWatch()).close();
            client.resetWatches();
            client.domainPath(1);
            client.isIntroduced(1);
            client.introduce(1, 1, 3);
            client.release(1);
        }
        assertThat(asked)
                .allSatisfy(frame -> assertThat(frame.request()).isNotZero())
                .allSatisfy(frame -> assertThat(frame.body()).isNotEmpty())
                .extracting(Frame::type)
                .containsExactlyInAnyOrderElementsOf(Stream.of(1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 17, 21)
                        .toList());
    }

    private List<ByteBuffer> yes(Frame request) {
        asked.add(request);
        MessageType type =
                Stream.of(MessageType.values()).filter(request::is).findFirst().orElseThrow();
        String body = switch (type) {
            case TRANSACTION_START -> "1\0";
            case GET_PERMS -> "n0\0";
            default -> "OK\0";
        };
        return List.of(FakeDaemon.reply(request, type, body));
    }

    @Test
    void aTransactionIsTriedThirtyTimesWithPausesThatGrow() {
        AtomicInteger runs = new AtomicInteger();
        long start = System.nanoTime();
        try (FakeDaemon daemon = new FakeDaemon(request -> request.is(MessageType.TRANSACTION_END)
                        ? List.of(FakeDaemon.error(request, "EAGAIN"))
                        : yes(request));
                XenstoreClient client = XenstoreClient.open(daemon.socket())) {
            assertThatThrownBy(() -> client.transaction(transaction -> runs.incrementAndGet()))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("EAGAIN");
        }
        assertThat(runs).hasValue(30);
        // at random, 800 ms in the mean; so short by chance less than once in ten million
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(250));
    }

    /** Its caller gave up, but the daemon did what was asked. */
    @Test
    void whatBeganTooLateIsEndedAgain() {
        try (FakeDaemon daemon = new FakeDaemon(this::lateAnswer);
                XenstoreClient client = XenstoreClient.open(daemon.socket(), Duration.ofMillis(300))) {
            assertThatThrownBy(() -> client.listen("/a", new IgnoredWatch())).hasMessageContaining("no answer within");
            assertThatThrownBy(() -> client.transaction(transaction -> "")).hasMessageContaining("no answer within");
            assertThatThrownBy(() -> client.read("/")).hasMessageContaining("no answer within");
            await().until(() -> asked.size() == 5);
        }
        assertThat(asked.subList(3, 5))
                .extracting(Frame::type, Frame::transaction, Frame::body)
                .containsExactly(
                        tuple(MessageType.UNWATCH.code(), 0, asked.get(0).body()),
                        tuple(MessageType.TRANSACTION_END.code(), 7, "F\0"));
    }

    /** Nothing before a READ, which gets no answer itself. */
    private List<ByteBuffer> lateAnswer(Frame request) {
        asked.add(request);
        return request.is(MessageType.READ)
                ? List.of(
                        FakeDaemon.reply(asked.get(0), MessageType.WATCH, "OK\0"),
                        FakeDaemon.reply(asked.get(1), MessageType.TRANSACTION_START, "7\0"))
                : List.of();
    }

    @Test
    void anErrorThatXenDoesNotListKeepsItsName() {
        try (FakeDaemon daemon = new FakeDaemon(request -> List.of(FakeDaemon.error(request, "EQUOTA")));
                XenstoreClient client = XenstoreClient.open(daemon.socket())) {
            assertThatThrownBy(() -> client.write("/a", ""))
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            refused -> assertThat(refused.error()).isEqualTo("EQUOTA"))
                    .hasMessageContaining("WRITE of /a: EQUOTA");
        }
    }

    private static final class IgnoredWatch implements WatchSink {
        @Override
        public void changed(String path) {}

        @Override
        public void lost() {}

        @Override
        public void restored() {}
    }
}
