// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FrameDecoderTest {
    @Property(tries = 300)
    void framesComeOutAsTheyWentInHoweverTheStreamIsDivided(@ForAll long seed) {
        Random random = new Random(seed);
        List<Frame> frames = new ArrayList<>();
        ByteBuffer stream = ByteBuffer.allocate(300_000);
        for (int i = 0; i < 20; i++) {
            Frame frame = new Frame(random.nextInt(), random.nextInt(), random.nextInt(), body(random));
            frames.add(frame);
            stream.put(frame.encode());
        }
        stream.flip();

        FrameDecoder decoder = new FrameDecoder();
        List<Frame> decoded = new ArrayList<>();
        while (stream.hasRemaining()) {
            int count = Math.min(stream.remaining(), 1 + random.nextInt(10_000));
            decoder.feed(stream.slice(stream.position(), count));
            stream.position(stream.position() + count);
            for (Optional<Frame> frame = decoder.next(); frame.isPresent(); frame = decoder.next()) {
                decoded.add(frame.get());
            }
        }
        assertThat(decoded).isEqualTo(frames);
    }

    @Test
    void aReplyOfMegabytesIsTakenAndALengthBeyondTheLimitIsRefused() {
        FrameDecoder decoder = new FrameDecoder();
        String body = "name\0".repeat(500_000);
        decoder.feed(new Frame(1, 1, 0, body).encode());
        decoder.feed(new Frame(2, 2, 0, "next").encode());
        assertThat(decoder.next().orElseThrow().body()).isEqualTo(body);
        assertThat(decoder.next().orElseThrow().body()).isEqualTo("next");

        for (int length : new int[] {FrameDecoder.MAX_REPLY + 1, -1}) {
            ByteBuffer header = new Frame(1, 1, 0, "").encode().order(ByteOrder.nativeOrder());
            decoder.feed(header.putInt(12, length));
            assertThatThrownBy(decoder::next)
                    .isInstanceOf(XenstoreException.class)
                    .hasMessageContaining(Integer.toUnsignedString(length));
            decoder = new FrameDecoder();
        }
    }

    @Test
    void theStringsOfABodyAreWhatEndsWithNul() {
        assertThat(new Frame(1, 1, 0, "a\0\0b\0rest").strings()).containsExactly("a", "", "b");
        assertThat(new Frame(1, 1, 0, "").strings()).isEmpty();
    }

    private static String body(Random random) {
        StringBuilder body = new StringBuilder();
        random.ints(random.nextInt(3) == 0 ? random.nextInt(10_000) : random.nextInt(20), 0, 256)
                .forEach(c -> body.append((char) c));
        return body.toString();
    }
}
