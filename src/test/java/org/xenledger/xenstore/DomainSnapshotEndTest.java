// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xenledger.xenstore.client.XenstoreClient;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.MessageType;

/** What a domain's nodes point at cannot be read: what was is kept, and what was not is said. */
class DomainSnapshotEndTest {
    private static final String HOME = "/local/domain/2";
    private static final String VM = "/vm/3fae1c1e-5d0b-4f0c-9a60-1b2c3d4e5f6";
    private static final Duration TIME = Duration.ofSeconds(1);

    private final FakeStore store = new FakeStore();
    private final AtomicInteger looks = new AtomicInteger();

    @BeforeEach
    void fill() {
        store.put("/libxl/2", "pvh");
        store.put(HOME + "/vm", VM + "0");
    }

    @Test
    void ofPathsThatNeverStayOnlyTheLastIsMissing() {
        store.put("/libxl/2/device/vbd/51712/backend", "/local/domain/3/backend/vbd/2/51712");
        XenstoreTree tree = read(this::restless, ReadLimits.DEFAULT.time());
        assertThat(looks).hasValue(4);
        assertThat(tree.gaps()).containsExactly(new Gap(VM + "4", Gap.Reason.CHANGING));
        assertThat(tree.value("/libxl/2")).contains("pvh");
    }

    @Test
    void whenTimeIsUpWhatWasReadIsKept() {
        store.put(HOME + "/a", "slow");
        XenstoreTree tree = read(this::slow, TIME);
        assertThat(tree.value("/libxl/2")).contains("pvh");
        assertThat(tree.value(HOME + "/vm")).contains(VM + "0");
        assertThat(tree.gaps())
                .containsExactly(new Gap(HOME + "/a", Gap.Reason.TIME), new Gap(VM + "0", Gap.Reason.TIME));
    }

    private static XenstoreTree read(Function<Frame, List<ByteBuffer>> answer, Duration time) {
        ReadLimits usual = ReadLimits.DEFAULT;
        ReadLimits limits = new ReadLimits(usual.nodes(), usual.bytes(), usual.depth(), usual.children(), time);
        try (FakeDaemon daemon = new FakeDaemon(answer);
                XenstoreClient client = XenstoreClient.open(daemon.socket())) {
            return new DomainSnapshot(2, limits, false).read(client);
        }
    }

    private List<ByteBuffer> restless(Frame request) {
        return request.is(MessageType.READ) && request.strings().get(0).equals(HOME + "/vm")
                ? List.of(FakeDaemon.reply(request, MessageType.READ, VM + looks.incrementAndGet()))
                : store.answer(request);
    }

    private List<ByteBuffer> slow(Frame request) {
        if (request.is(MessageType.READ) && request.strings().get(0).equals(HOME + "/a")) {
            long end = System.nanoTime() + TIME.toNanos();
            for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }
        return store.answer(request);
    }
}
