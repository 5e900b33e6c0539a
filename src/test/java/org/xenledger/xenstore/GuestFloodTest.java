// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.xenledger.xenstore.client.WatchSink;
import org.xenledger.xenstore.client.XenstoreClient;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.MessageType;
import org.xenledger.xenstore.wire.XenstorePath;
import org.xenledger.xenstore.wire.XenstorePermission;

/** A guest that fills its quota and then changes its nodes as fast as its own ring allows. */
@ParameterizedClass(name = "{0}")
@EnumSource(DaemonKind.class)
class GuestFloodTest {
    private static final String GUEST = "/local/domain/1";
    private static final String VICTIM = "/local/domain/2/data/x";
    private static final int DIRECTORIES = 10;
    private static final int NODES = 200;
    private static final int IN_FLIGHT = 16;

    /** A directory of one guest may have 500 nodes of these; the daemons let it have about 1000. */
    private static final ReadLimits LIMITS = new ReadLimits(8000, 8 << 20, 128, 10_000, Duration.ofSeconds(20));

    @Parameter
    DaemonKind kind;

    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicInteger refusals = new AtomicInteger();
    private DaemonUnderTest daemon;
    private XenstoreClient client;
    private XenstoreClient other;
    private LiveMirror mirror;
    private CompletableFuture<Void> flood;

    @BeforeEach
    void start() throws Exception {
        daemon = kind.start();
        client = XenstoreClient.open(daemon.socket());
        other = XenstoreClient.open(daemon.socket());
        for (int domid = 1; domid <= 2; domid++) {
            daemon.introduce(domid, other);
            other.write("/libxl/" + domid + "/type", "pvh");
            other.write("/local/domain/" + domid + "/data", "");
            other.setPermissions("/local/domain/" + domid + "/data", List.of(new XenstorePermission('n', domid)));
        }
        mirror = LiveMirror.open(client, Snapshot.DOMAIN_ROOTS, LIMITS, Clock.systemUTC(), view -> {});
        RawConnection guest = daemon.guest(1);
        flood = CompletableFuture.runAsync(() -> flood(guest));
        await().atMost(Duration.ofSeconds(30)).until(() -> refusals.get() > 0 || flood.isDone());
    }

    @AfterEach
    void stop() {
        stop.set(true);
        if (mirror != null) {
            mirror.close();
        }
        if (client != null) {
            client.close();
            other.close();
        }
        if (daemon != null) {
            daemon.close();
        }
    }

    /** The nodes in their order, those beyond its quota refused, again and again. */
    private void flood(RawConnection guest) {
        int inFlight = 0;
        for (int i = 0; !stop.get(); i++) {
            String path = "data/d" + i % DIRECTORIES + "/n" + i / DIRECTORIES % NODES;
            guest.send(new Frame(MessageType.WRITE.code(), i + 1, 0, path + '\0' + i));
            inFlight++;
            while (inFlight >= IN_FLIGHT) {
                Frame reply = guest.receive(RawConnection.PATIENCE).orElseThrow();
                reply.error().ifPresent(error -> {
                    assertThat(error).isIn("ENOSPC", "EQUOTA");
                    refusals.incrementAndGet();
                });
                inFlight--;
            }
        }
    }

    /** Counted from the moment at which the daemon tells another client of it. */
    @Test
    void othersAreFollowedWithinASecond() {
        AtomicLong told = new AtomicLong();
        other.listen(VICTIM, new Moments(told));
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String value = Integer.toString(i);
            await().until(() -> told.get() > 0);
            told.set(0);
            other.write(VICTIM, value);
            await().atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> told.get() > 0
                            && mirror.view()
                                    .tree()
                                    .value(VICTIM)
                                    .filter(value::equals)
                                    .isPresent());
            millis.add((System.nanoTime() - told.get()) / 1_000_000);
            MirrorView view = mirror.view();
            assertThat(view.current()).isTrue();
            assertOnlyTheGuestsPartIsUncertain(view.tree(), LIMITS);
        }
        assertThat(flood).as("the guest was at it all the time").isNotDone();
        assertThat(millis.stream().sorted().skip(10).findFirst().orElseThrow())
                .as("median of %s", millis)
                .isLessThan(1000);
    }

    /** When an event came last. */
    private record Moments(AtomicLong nanos) implements WatchSink {
        @Override
        public void changed(String path) {
            nanos.set(System.nanoTime());
        }

        @Override
        public void lost() {
            // the test fails with its next request
        }

        @Override
        public void restored() {
            // as above
        }
    }

    @Test
    void aSnapshotEndsAndIsBounded() {
        assertOnlyTheGuestsPartIsUncertain(Snapshot.HOST.read(other), ReadLimits.DEFAULT);
        XenstoreTree bounded = new Snapshot(Snapshot.DOMAIN_ROOTS, LIMITS, false).read(other);
        assertOnlyTheGuestsPartIsUncertain(bounded, LIMITS);
        assertThat(bounded.wholeAt(GUEST)).isFalse();
        assertThat(new DomainSnapshot(2, LIMITS, false).read(other).whole()).isTrue();
        assertThat(flood).as("the guest was at it all the time").isNotDone();
    }

    private static void assertOnlyTheGuestsPartIsUncertain(XenstoreTree tree, ReadLimits limits) {
        assertThat(tree.gaps()).allMatch(gap -> XenstorePath.isAtOrBelow(gap.path(), GUEST));
        assertThat(tree.value("/libxl/2/type")).contains("pvh");
        Size guests = Size.of(tree.find(GUEST + "/data").orElseThrow());
        assertThat(guests.nodes).isLessThanOrEqualTo(limits.nodesOfADirectory() + 1);
        assertThat(guests.bytes).isLessThanOrEqualTo(limits.bytesOfADirectory());
    }

    /** What a part of a tree keeps. */
    private static final class Size {
        private int nodes;
        private long bytes;

        static Size of(XenstoreNode node) {
            Size size = new Size();
            size.add(node);
            return size;
        }

        private void add(XenstoreNode node) {
            nodes++;
            bytes += node.value().length() + node.name().length();
            node.children().forEach(this::add);
        }
    }
}
