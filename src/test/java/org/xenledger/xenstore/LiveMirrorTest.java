// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.xenledger.xenstore.client.Deadline;
import org.xenledger.xenstore.client.RefusedException;
import org.xenledger.xenstore.client.XenstoreClient;
import org.xenledger.xenstore.wire.XenstorePath;
import org.xenledger.xenstore.wire.XenstorePermission;

/** A fresh read is the judge. */
@ParameterizedClass(name = "{0}")
@EnumSource(DaemonKind.class)
class LiveMirrorTest {
    @Parameter
    DaemonKind kind;

    private DaemonUnderTest daemon;
    private XenstoreClient client;
    private XenstoreClient other;
    private LiveMirror mirror;

    @BeforeEach
    void start() throws IOException {
        daemon = kind.start();
        client = XenstoreClient.open(daemon.socket());
        other = XenstoreClient.open(daemon.socket());
        for (int domid = 1; domid <= 3; domid++) {
            daemon.introduce(domid, other);
            other.write("/local/domain/" + domid + "/data/x", "0");
            other.write("/libxl/" + domid + "/type", "pvh");
        }
        mirror = LiveMirror.open(client, Snapshot.DOMAIN_ROOTS, ReadLimits.DEFAULT, Clock.systemUTC(), view -> {});
    }

    @AfterEach
    void stop() {
        if (mirror != null) {
            mirror.close();
        }
        client.close();
        other.close();
        daemon.close();
    }

    @Test
    void afterAnyStormOfChangesItEqualsAFreshRead() throws Exception {
        long first = new Random().nextLong();
        for (long seed = first; seed < first + 8; seed++) {
            Thread second = new Thread(storm(seed + 1000, client));
            second.start();
            storm(seed, other).run();
            second.join();
            Random random = new Random(seed);
            int domid = 1 + random.nextInt(3);
            own(domid, "/local/domain/" + domid + "/data");
            daemon.destroy(domid);
            assertEqualsAFreshRead("seed " + seed);
            daemon.introduce(domid, other);
        }
    }

    private void own(int domid, String path) {
        other.write(path, "");
        other.setPermissions(path, List.of(new XenstorePermission('n', domid)));
    }

    /** Far longer than anything that the mirror puts off: neither looks nor time cost anything. */
    @Test
    void whatDoesNotChangeCostsNoRequest() {
        storm(new Random().nextLong(), other).run();
        other.write("/libxl/1/type", "pvh");
        assertEqualsAFreshRead("after the storm");
        long before = client.requests();
        Deadline end = Deadline.in(Duration.ofSeconds(2));
        for (int looks = 0; looks < 1000 || !end.passed(); looks++) {
            assertThat(mirror.view().current()).isTrue();
            assertThat(mirror.view().tree().value("/libxl/1/type")).contains("pvh");
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(client.requests()).isEqualTo(before);
    }

    @Test
    void aViewDoesNotChangeAndSharesWhatIsTheSame() {
        XenstoreTree before = mirror.view().tree();
        other.write("/libxl/1/type", "hvm");
        await().until(() -> mirror.view().tree().value("/libxl/1/type").equals(Optional.of("hvm")));
        assertThat(before.value("/libxl/1/type")).contains("pvh");
        assertThat(mirror.view().tree().find("/libxl/2").orElseThrow())
                .isSameAs(before.find("/libxl/2").orElseThrow());
    }

    @Test
    void whileTheDaemonIsAwayNothingIsSaidToBeCurrent() throws Exception {
        daemon.stop();
        await().untilAsserted(() -> assertThat(mirror.view().current()).isFalse());
        assertThat(mirror.view().tree().value("/libxl/1/type")).contains("pvh");
        daemon.start();
        await().untilAsserted(() -> assertThat(mirror.view().current()).isTrue());
        assertThat(mirror.view().tree().find("/libxl/1"))
                .as("the new store is empty")
                .isEmpty();
        other.write("/libxl/4/type", "pv");
        assertEqualsAFreshRead("after the restart");
    }

    @Test
    void aGuestThatChangesItsNodesAllTheTimeIsBehindInItsOwnPartOnly() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        List<Thread> flood = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Thread thread = new Thread(flood(i, stop));
            thread.start();
            flood.add(thread);
        }
        boolean behind = false;
        try {
            for (int i = 0; i < 20; i++) {
                String value = Integer.toString(i);
                other.write("/local/domain/2/data/x", value);
                await().atMost(Duration.ofSeconds(5))
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> mirror.view()
                                .tree()
                                .value("/local/domain/2/data/x")
                                .filter(value::equals)
                                .isPresent());
                XenstoreTree tree = mirror.view().tree();
                assertThat(tree.wholeAt("/libxl")).isTrue();
                behind |= !tree.wholeAt("/local/domain/1");
            }
        } finally {
            stop.set(true);
            for (Thread thread : flood) {
                thread.join();
            }
        }
        assertThat(behind).as("the flooded part was said to be changing").isTrue();
        assertEqualsAFreshRead("after the flood");
    }

    private Runnable flood(int number, AtomicBoolean stop) {
        return () -> {
            try (XenstoreClient guest = XenstoreClient.open(daemon.socket())) {
                for (int i = 0; !stop.get(); i++) {
                    guest.write("/local/domain/1/data/n" + i % 400, number + "." + i);
                }
            }
        };
    }

    /** Of the first three domains' nodes, with removals above what others write. */
    private Runnable storm(long seed, XenstoreClient writer) {
        return () -> {
            Random random = new Random(seed);
            for (int i = 0; i < 150; i++) {
                try {
                    if (random.nextInt(5) == 0) {
                        write(writer, path(random), path(random));
                    } else if (random.nextInt(3) == 0) {
                        writer.remove(path(random));
                    } else {
                        writer.write(path(random), Integer.toString(i));
                    }
                } catch (RefusedException e) {
                    assertThat(e.error()).isIn("ENOENT", "EAGAIN");
                }
            }
        };
    }

    /** Never removes what it wrote: the daemons leave new nodes above that then, and tell nobody. */
    private static void write(XenstoreClient writer, String written, String removed) {
        writer.transaction(transaction -> {
            transaction.write(written, "in");
            if (!XenstorePath.isAtOrBelow(written, removed)) {
                transaction.remove(removed);
            }
            return null;
        });
    }

    private static String path(Random random) {
        String[] tops = {"/libxl/", "/local/domain/", "/vm/", "/local/domain/0/backend/vbd/"};
        StringBuilder path = new StringBuilder(tops[random.nextInt(4)]).append(1 + random.nextInt(3));
        for (int depth = random.nextInt(4); depth > 0; depth--) {
            path.append('/').append((char) ('a' + random.nextInt(3)));
        }
        return path.toString();
    }

    private void assertEqualsAFreshRead(String when) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            XenstoreTree fresh = Snapshot.HOST.read(other);
            MirrorView view = mirror.view();
            assertThat(view.current()).as(when).isTrue();
            assertThat(view.tree().gaps()).as(when).isEmpty();
            assertThat(values(view.tree())).as(when).isEqualTo(values(fresh));
        });
    }

    /** By path; the order of children is nobody's promise. */
    private static Map<String, String> values(XenstoreTree tree) {
        Map<String, String> values = new TreeMap<>();
        putValues(tree.root(), "/", values);
        return values;
    }

    private static void putValues(XenstoreNode node, String path, Map<String, String> values) {
        values.put(path, node.value());
        node.children().forEach(child -> putValues(child, XenstorePath.child(path, child.name()), values));
    }
}
