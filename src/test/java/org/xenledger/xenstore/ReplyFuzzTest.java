// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.xenledger.Soak;
import org.xenledger.xenstore.client.XenstoreClient;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.FrameDecoder;
import org.xenledger.xenstore.wire.MessageType;
import org.xenledger.xenstore.wire.XenstoreException;
import org.xenledger.xenstore.wire.XenstorePath;

/** A daemon's answers, damaged on their way: whoever reads gets a tree or an error of ours, and soon. */
class ReplyFuzzTest {
    private static final int MANY = 2_000;

    /** Less than the store has, of each. */
    private static final ReadLimits LIMITS = new ReadLimits(150, 6_000, 12, 120, Duration.ofMillis(400));

    /** More than the store has. */
    private static final ReadLimits AMPLE = new ReadLimits(10_000, 1 << 20, 128, 10_000, Duration.ofSeconds(20));

    private static final int NEVER = 0;

    /** The roots themselves. */
    private static final int MADE_UP = 2;

    private final AtomicLong frames = new AtomicLong();
    private DaemonUnderTest daemon;
    private int tries;

    @BeforeProperty
    void start() {
        daemon = EmbeddedXenstored.startEmpty();
        try (XenstoreClient writer = XenstoreClient.open(daemon.socket())) {
            NastyStore.fill(writer);
            NastyStore.fillLongList(writer, "/libxl/many");
        }
    }

    @AfterProperty
    void stop() {
        daemon.close();
        System.out.println("answered " + frames + " requests");
    }

    @Property(tries = 30, shrinking = ShrinkingMode.OFF)
    void damagedAnswersGiveATreeOrOurError(@ForAll long seed) {
        run(new Random(seed));
    }

    /** The number of tries can be a constant only. */
    @Tag("soak")
    @Property(tries = MANY, shrinking = ShrinkingMode.OFF)
    void manyDamagedAnswersGiveATreeOrOurError(@ForAll long seed) {
        if (tries++ < Soak.rounds(MANY)) {
            run(new Random(seed));
        }
    }

    private void run(Random random) {
        int rarity = List.of(5, 20, 100, 1000).get(random.nextInt(4));
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            try (RawSocket real = new RawSocket(daemon.socket());
                    FakeDaemon fake = new FakeDaemon(request -> answer(real, request, random, rarity));
                    XenstoreClient client = XenstoreClient.open(fake.socket(), LIMITS.time())) {
                read(client, random.nextInt(4));
            } catch (XenstoreException e) {
                assertThat(e).hasMessageMatching("[^\n]+");
                assertOurs(e);
            }
        });
    }

    /** Where nothing is damaged there is no error, and the tree is the one that the daemon has. */
    @Example
    void undamagedAnswersAreTakenAsTheyAre() {
        long before = frames.get();
        try (RawSocket real = new RawSocket(daemon.socket());
                FakeDaemon fake = new FakeDaemon(request -> answer(real, request, new Random(), NEVER));
                XenstoreClient between = XenstoreClient.open(fake.socket(), AMPLE.time());
                XenstoreClient direct = XenstoreClient.open(daemon.socket(), AMPLE.time())) {
            XenstoreTree tree = new Snapshot(List.of("/libxl", "/local"), AMPLE, true).read(between);
            assertThat(tree.whole()).isTrue();
            tree.root().children().forEach(top -> assertIsHeld(direct, top, "/" + top.name()));
            assertThat(frames.get() - before)
                    .isGreaterThan(2L * tree.children("/libxl/many").size());
        }
    }

    /** Asked for one by one. */
    private static void assertIsHeld(XenstoreClient client, XenstoreNode node, String path) {
        assertThat(node.value()).as(path).isEqualTo(client.read(path));
        assertThat(node.permissions()).as(path).contains(client.permissions(path));
        assertThat(node.children()).as(path).extracting(XenstoreNode::name).isEqualTo(client.children(path));
        node.children().forEach(child -> assertIsHeld(client, child, XenstorePath.child(path, child.name())));
    }

    private static void read(XenstoreClient client, int way) {
        if (way == 0) {
            LiveMirror.open(client, Snapshot.DOMAIN_ROOTS, LIMITS, Clock.systemUTC(), view -> {})
                    .close();
        } else if (way == 1) {
            client.transaction(transaction -> {
                transaction.children("/libxl/many").forEach(name -> transaction.read("/libxl/many/" + name));
                return null;
            });
        } else {
            XenstoreTree tree = new Snapshot(List.of("/libxl", "/local"), LIMITS, way == 2).read(client);
            Size size = new Size();
            // of the roots' own ancestors nothing is counted
            tree.root().children().forEach(top -> size.add(top, 1));
            assertThat(size.nodes).isLessThanOrEqualTo(LIMITS.nodes() + MADE_UP);
            assertThat(size.bytes).isLessThanOrEqualTo(LIMITS.bytes() + MADE_UP * 10);
        }
    }

    /** How much a tree holds; none of its nodes is deeper, has more children or another name than a node may. */
    private static final class Size {
        private int nodes;
        private long bytes;

        void add(XenstoreNode node, int depth) {
            nodes++;
            bytes += node.name().length() + node.value().length();
            assertThat(depth).isLessThanOrEqualTo(LIMITS.depth());
            assertThat(node.children()).hasSizeLessThanOrEqualTo(LIMITS.children());
            assertThat(XenstorePath.isName(node.name())).as(node.name()).isTrue();
            node.children().forEach(child -> add(child, depth + 1));
        }
    }

    /** The client's own thread says what ended the connection: that is the daemon's doing, not a slip of ours. */
    private static void assertOurs(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            assertThat(cause)
                    .isInstanceOfAny(
                            XenstoreException.class,
                            IOException.class,
                            ExecutionException.class,
                            NumberFormatException.class,
                            TimeoutException.class);
        }
    }

    private List<ByteBuffer> answer(RawSocket real, Frame request, Random random, int rarity) {
        frames.incrementAndGet();
        real.send(request);
        List<ByteBuffer> sent = new ArrayList<>();
        Frame frame;
        do {
            frame = real.receive(RawConnection.PATIENCE).orElseThrow();
            sent.add(frame.encode());
        } while (frame.request() != request.request());
        if (frame.is(MessageType.WATCH)) {
            // its first event comes after the reply
            sent.add(real.receive(RawConnection.PATIENCE).orElseThrow().encode());
        }
        if (rarity != NEVER && random.nextInt(rarity) == 0) {
            damage(sent, random);
        }
        return sent;
    }

    private static void damage(List<ByteBuffer> sent, Random random) {
        int index = random.nextInt(sent.size());
        ByteBuffer bytes = sent.get(index);
        int at = random.nextInt(bytes.limit());
        switch (random.nextInt(14)) {
            case 7, 8, 9, 10, 11, 12, 13 -> sent.set(index, withDamagedBody(bytes, random));
            case 0 -> bytes.put(at, (byte) random.nextInt());
            case 1 -> bytes.put(random.nextInt(16), (byte) random.nextInt(40));
            case 2 -> bytes.put(at, (byte) 0);
            case 3 -> bytes.limit(at);
            case 4 -> sent.add(index, bytes.duplicate());
            case 5 -> sent.remove(index);
            default -> {
                byte[] noise = new byte[random.nextInt(40)];
                random.nextBytes(noise);
                sent.add(index, ByteBuffer.wrap(noise));
            }
        }
    }

    /** A good frame of what is none of its type. */
    private static ByteBuffer withDamagedBody(ByteBuffer bytes, Random random) {
        FrameDecoder decoder = new FrameDecoder();
        decoder.feed(bytes.duplicate());
        Frame frame = decoder.next().orElseThrow();
        StringBuilder body = new StringBuilder(frame.body());
        int at = random.nextInt(body.length() + 1);
        switch (random.nextInt(5)) {
            case 0 -> body.setLength(at);
            case 1 -> body.insert(at, "\0");
            case 2 -> body.insert(at, (char) random.nextInt(256));
            case 3 -> body = new StringBuilder(body.toString().replace("\0", ""));
            default -> body.append(body);
        }
        return new Frame(frame.type(), frame.request(), frame.transaction(), body.toString()).encode();
    }
}
