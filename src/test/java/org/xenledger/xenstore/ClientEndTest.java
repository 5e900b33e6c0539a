// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xenledger.xenstore.client.ConnectionException;
import org.xenledger.xenstore.client.Deadline;
import org.xenledger.xenstore.client.Pipeline;
import org.xenledger.xenstore.client.WatchSink;
import org.xenledger.xenstore.client.XenstoreClient;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.MessageType;

/** Whatever ends a client, nobody waits for it any more, and every watch is told. */
@Timeout(60)
class ClientEndTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final AtomicInteger lost = new AtomicInteger();

    @Test
    void anErrorOfASinkEndsTheClientForAllToSee() {
        try (FakeDaemon daemon = new FakeDaemon(ClientEndTest::watchedOrNothing);
                XenstoreClient client = XenstoreClient.open(daemon.socket(), LONG);
                Pipeline pipeline = client.pipeline()) {
            pipeline.ask(MessageType.READ, reply -> {}, "/");
            client.listen("/a", sink(() -> {}, lost::incrementAndGet));
            client.listen("/b", sink(ClientEndTest::breakDown, lost::incrementAndGet));
            assertThatThrownBy(() -> pipeline.drain(Deadline.in(LONG))).isInstanceOf(ConnectionException.class);
            assertEnded(client, "what talks to xenstored ended (java.lang.StackOverflowError");
            await().untilAsserted(() -> assertThat(lost).hasValue(2));
        }
    }

    private static List<ByteBuffer> watchedOrNothing(Frame request) {
        return request.is(MessageType.READ) ? List.of() : FakeDaemon.watched(request);
    }

    private static void breakDown() {
        throw new StackOverflowError("on purpose");
    }

    /** In whatever order they are told. */
    @Test
    void aSinkThatCannotBearALossKeepsItFromNobody() {
        try (FakeDaemon daemon = new FakeDaemon(ClientEndTest::watchedUntilRead);
                XenstoreClient client = XenstoreClient.open(daemon.socket(), LONG)) {
            Runnable failing = () -> {
                lost.incrementAndGet();
                throw new IllegalStateException("on purpose");
            };
            client.listen("/a", sink(() -> {}, failing));
            client.listen("/b", sink(() -> {}, lost::incrementAndGet));
            client.listen("/c", sink(() -> {}, failing));
            assertThatThrownBy(() -> client.read("/")).isInstanceOf(ConnectionException.class);
            assertEnded(client, "what talks to xenstored ended (java.lang.IllegalStateException: on purpose");
            await().untilAsserted(() -> assertThat(lost).hasValue(3));
        }
    }

    private static List<ByteBuffer> watchedUntilRead(Frame request) {
        return request.is(MessageType.READ) ? List.of(FakeDaemon.CLOSE) : FakeDaemon.watched(request);
    }

    private static void assertEnded(XenstoreClient client, String why) {
        assertThatThrownBy(() -> client.read("/"))
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining(why);
        assertFails(client.pipeline());
    }

    private static void assertFails(Pipeline pipeline) {
        try (pipeline) {
            pipeline.ask(MessageType.READ, reply -> {}, "/");
            assertThatThrownBy(() -> pipeline.drain(Deadline.in(LONG))).isInstanceOf(ConnectionException.class);
        }
    }

    @Test
    void aClientThatIsClosedWhileItHasNoConnectionFailsItsPipelines() {
        XenstoreClient client = disconnected();
        Pipeline before = client.pipeline();
        client.close();
        assertFails(before);
        assertFails(client.pipeline());
    }

    private static XenstoreClient disconnected() {
        XenstoreClient client;
        try (FakeDaemon daemon = new FakeDaemon(request -> List.of(FakeDaemon.CLOSE))) {
            client = XenstoreClient.open(daemon.socket(), LONG);
            assertThatThrownBy(() -> client.read("/")).isInstanceOf(ConnectionException.class);
        }
        await().until(() -> waits(client));
        return client;
    }

    /** As it does while there is nobody to connect to. */
    private static boolean waits(XenstoreClient client) {
        try (Pipeline pipeline = client.pipeline()) {
            pipeline.ask(MessageType.READ, reply -> {}, "/");
            return !pipeline.drain(Deadline.in(Duration.ofMillis(300)));
        } catch (ConnectionException lostAgain) {
            return false;
        }
    }

    private static WatchSink sink(Runnable onChange, Runnable onLoss) {
        return new WatchSink() {
            @Override
            public void changed(String path) {
                onChange.run();
            }

            @Override
            public void lost() {
                onLoss.run();
            }

            @Override
            public void restored() {}
        };
    }
}
