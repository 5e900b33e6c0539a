// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterProperty;
import org.xenledger.Soak;
import org.xenledger.xenstore.client.ConnectionException;
import org.xenledger.xenstore.client.Deadline;
import org.xenledger.xenstore.client.Pipeline;
import org.xenledger.xenstore.client.XenstoreClient;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.MessageType;

/**
 * A stream of replies in any order and any pieces, with random damage: each request has exactly the reply that another
 * reader of the same bytes finds for it, and a stream that makes no sense ends the connection at once.
 */
class ReplyStreamFuzzTest {
    private static final int FEW = 300;
    private static final int MANY = 20_000;

    /** Far more than an answer takes: a client that waits for it does not see what is wrong. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final List<MessageType> TYPES =
            List.of(MessageType.READ, MessageType.DIRECTORY, MessageType.GET_PERMS, MessageType.WRITE);

    private int tries;
    private int runs;
    private long frames;

    @Property(tries = FEW, shrinking = ShrinkingMode.OFF)
    void eachRequestHasTheReplyThatIsThereForIt(@ForAll long seed) {
        run(new Random(seed));
    }

    /** The number of tries can be a constant only. */
    @Tag("soak")
    @Property(tries = MANY, shrinking = ShrinkingMode.OFF)
    void eachOfManyRequestsHasTheReplyThatIsThereForIt(@ForAll long seed) {
        if (tries++ < Soak.rounds(MANY)) {
            run(new Random(seed));
        }
    }

    @AfterProperty
    void muchWasAnswered() {
        System.out.println("sent " + frames + " replies");
        if (runs >= (tries > 0 ? Soak.rounds(MANY) : FEW)) {
            assertThat(frames).isGreaterThan(20L * runs);
        }
    }

    private void run(Random random) {
        int count = 1 + random.nextInt(64);
        List<Frame> asked = new ArrayList<>();
        ReplyStream stream = new ReplyStream(random);
        Map<String, Frame> taken = new ConcurrentHashMap<>();
        try (FakeDaemon daemon = new FakeDaemon(request -> {
                    asked.add(request);
                    return asked.size() < count ? List.<ByteBuffer>of() : stream.answers(asked);
                });
                XenstoreClient client = XenstoreClient.open(daemon.socket());
                Pipeline pipeline = client.pipeline()) {
            for (int i = 0; i < count; i++) {
                String path = "/" + i;
                pipeline.ask(TYPES.get(random.nextInt(TYPES.size())), reply -> taken.put(path, reply), path);
            }
            boolean[] all = {false};
            Throwable failure = catchThrowable(() -> all[0] = pipeline.drain(Deadline.in(PATIENCE)));
            if (!stream.answersAll()) {
                assertThat(failure).isInstanceOf(ConnectionException.class);
            } else if (!stream.isBroken()) {
                assertThat(failure).isNull();
                assertThat(all[0]).isTrue();
            }
        }
        assertThat(taken).isEqualTo(stream.expected());
        frames += count;
        runs++;
    }
}
