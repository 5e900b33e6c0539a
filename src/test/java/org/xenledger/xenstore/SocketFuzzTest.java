// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.xenledger.xenstore.client.XenstoreClient;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.MessageType;
import org.xenledger.xenstore.wire.XenstoreException;

class SocketFuzzTest {
    @Property(tries = 100)
    void randomFramesGiveATreeOrOurError(@ForAll long seed, @ForAll @IntRange(max = 3) int damage) {
        Random random = new Random(seed);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            try {
                assertThat(read(random, damage).root()).isNotNull();
            } catch (XenstoreException e) {
                assertThat(e).hasMessageMatching("[^\n]+");
            }
        });
    }

    /** From "random values and lists" over "random errors and events" to "random types and lengths". */
    private static ByteBuffer randomReply(Frame request, Random random, int damage) {
        if (damage > 0 && random.nextInt(4) == 0) {
            return random.nextBoolean()
                    ? FakeDaemon.error(
                            request, List.of("ENOENT", "E2BIG", "EIO", "").get(random.nextInt(4)))
                    : new Frame(15, 0, 0, "/vm/" + text(random) + "\0w1\0").encode();
        }
        boolean watch = request.is(MessageType.WATCH);
        if (watch && random.nextInt(10) > damage) {
            ByteBuffer both = ByteBuffer.allocate(8192);
            FakeDaemon.watched(request).forEach(both::put);
            return both.flip();
        }
        int type = damage > 1 && random.nextInt(20) == 0 ? random.nextInt(30) : request.type();
        ByteBuffer reply = new Frame(type, request.request(), 0, text(random)).encode();
        if (damage > 2 && random.nextInt(20) == 0) {
            reply.order(ByteOrder.nativeOrder()).putInt(12, random.nextInt());
        }
        return reply;
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(12), 0, 8)
                .collect(StringBuilder::new, (all, c) -> all.append("ab\0\0c/\u00ff0".charAt(c)), StringBuilder::append)
                .toString();
    }

    private static XenstoreTree read(Random random, int damage) {
        ReadLimits limits = new ReadLimits(1000, 1 << 20, 20, 100, Duration.ofMillis(300));
        try (FakeDaemon daemon = new FakeDaemon(request -> List.of(randomReply(request, random, damage)));
                XenstoreClient client = XenstoreClient.open(daemon.socket(), limits.time())) {
            return new Snapshot(List.of("/vm"), limits, false).read(client);
        }
    }
}
