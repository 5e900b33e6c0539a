// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.xenledger.xenstore.wire.MessageType;

class RestartContractTest extends ClientContract {
    @Test
    void theClientFindsTheDaemonAgain() throws Exception {
        client.write("/a", "");
        daemon.stop();
        daemon.start();
        assertRefused("ENOENT", () -> client.read("/a"));
        client.write("/a", "again");
        assertThat(client.read("/a")).isEqualTo("again");
    }

    @Test
    void watchesAreThereAgainAndSayThatTheyMissedSome() throws Exception {
        Recorder recorder = new Recorder();
        client.listen("/a", recorder);
        recorder.awaitFirst();
        AtomicBoolean missedSome = new AtomicBoolean();
        List<Set<String>> batches = Collections.synchronizedList(new ArrayList<>());
        client.watch("/a", (paths, missed) -> {
            batches.add(paths);
            missedSome.compareAndSet(false, missed);
        });
        daemon.stop();
        await().untilAsserted(() -> assertThat(recorder.told()).containsExactly("/a", "lost"));
        assertThat(missedSome).isFalse();
        daemon.start();
        await().untilAsserted(() -> assertThat(recorder.told()).containsExactly("/a", "lost", "restored", "/a"));
        await().untilTrue(missedSome);
        try (XenstoreClient other = XenstoreClient.open(daemon.socket())) {
            other.write("/a/b", "");
        }
        await().untilAsserted(() -> assertThat(batches).anyMatch(paths -> paths.contains("/a/b")));
    }

    @Test
    void whatIsUnderWayFailsAndIsNotSentAgain() throws Exception {
        try (XenstoreClient brief = XenstoreClient.open(daemon.socket(), Duration.ofSeconds(30))) {
            ExecutorService threads = Executors.newFixedThreadPool(8);
            AtomicBoolean stop = new AtomicBoolean();
            List<Future<Integer>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                int thread = i;
                all.add(threads.submit(() -> {
                    int failures = 0;
                    for (int n = 0; !stop.get(); n++) {
                        try {
                            brief.write("/t" + thread + "/n" + n, "");
                        } catch (ConnectionException e) {
                            failures++;
                            assertThat(e).hasMessageContaining("lost the connection");
                        }
                    }
                    return failures;
                }));
            }
            await().until(() -> brief.requests() > 500);
            daemon.pause();
            AtomicLong sent = new AtomicLong();
            await().until(() -> sent.getAndSet(brief.requests()) == brief.requests());
            daemon.stop();
            daemon.start();
            client.read("/");
            stop.set(true);
            int failures = 0;
            for (Future<Integer> each : all) {
                failures += each.get();
            }
            threads.shutdown();
            assertThat(failures).isBetween(1, 64);
        }
    }

    @Test
    void aPipelineIsLostWithItsConnection() {
        try (Pipeline pipeline = client.pipeline()) {
            daemon.stop();
            pipeline.ask(MessageType.READ, reply -> {}, "/");
            assertThatThrownBy(() -> pipeline.drain(Deadline.in(Duration.ofSeconds(30))))
                    .isInstanceOf(ConnectionException.class);
        }
    }

    @Test
    void manyThreadsShareOneConnectionAndEachGetsItsOwnReplies() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            String path = "/t/" + i;
            all.add(threads.submit(() -> {
                for (int n = 0; n < 200; n++) {
                    client.write(path, path + n);
                    assertThat(client.read(path)).isEqualTo(path + n);
                }
            }));
        }
        for (Future<?> each : all) {
            each.get();
        }
        threads.shutdown();
    }

    /** oxenstored would stop reading if its replies were not taken. */
    @Test
    void aBurstOfLongRepliesIsTakenWhileTheRequestsAreSent() {
        client.write("/a", "x".repeat(4000));
        int[] bytes = {0};
        try (Pipeline pipeline = client.pipeline()) {
            for (int i = 0; i < 20_000; i++) {
                pipeline.ask(MessageType.READ, reply -> bytes[0] += reply.body().length(), "/a");
            }
            assertThat(pipeline.drain(Deadline.in(Duration.ofSeconds(60)))).isTrue();
        }
        assertThat(bytes[0]).isEqualTo(20_000 * 4000);
    }

    @Test
    void aClosedClientRefusesAtOnce() {
        client.close();
        assertThatThrownBy(() -> client.read("/"))
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining("closed");
    }
}
