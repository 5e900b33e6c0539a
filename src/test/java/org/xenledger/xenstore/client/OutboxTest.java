// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.xenledger.xenstore.wire.MessageType;

class OutboxTest {
    private static final int SINGLES = 20_000;

    private final Outbox outbox = new Outbox();

    /** The client's thread looks for what is next while any other opens a pipeline or closes one. */
    @Test
    void everySingleRequestIsTakenInItsOrderWhilePipelinesComeAndGo() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        Thread reader = new Thread(() -> openAndClose(enough));
        reader.start();
        try {
            List<String> taken = new ArrayList<>();
            for (int i = 0; i < SINGLES; i++) {
                outbox.put(request("/" + i), Deadline.in(Duration.ofSeconds(1)));
                taken.add(awaitSingle());
            }
            assertThat(taken).hasSize(SINGLES).last().isEqualTo("/" + (SINGLES - 1));
            assertThat(taken).doesNotHaveDuplicates();
        } finally {
            enough.set(true);
            reader.join();
        }
    }

    private String awaitSingle() {
        Request request = outbox.next();
        while (request == null || request.type() != MessageType.READ) {
            request = outbox.next();
        }
        return request.body();
    }

    private void openAndClose(AtomicBoolean enough) {
        while (!enough.get()) {
            try (Pipeline pipeline = new Pipeline(outbox)) {
                outbox.add(pipeline);
                pipeline.ask(MessageType.DIRECTORY, reply -> {}, "/");
            }
        }
    }

    @Test
    void singleRequestsAndPipelinesTakeTurns() throws Exception {
        try (Pipeline one = new Pipeline(outbox);
                Pipeline other = new Pipeline(outbox)) {
            outbox.add(one);
            outbox.add(other);
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                outbox.put(request("single"), Deadline.in(Duration.ofSeconds(1)));
                one.ask(MessageType.READ, reply -> {}, "one");
                other.ask(MessageType.READ, reply -> {}, "other");
                expected.addAll(List.of("single", "one\0", "other\0"));
            }
            List<String> taken = new ArrayList<>();
            while (!outbox.isEmpty()) {
                taken.add(outbox.next().body());
            }
            assertThat(taken).containsExactlyInAnyOrderElementsOf(expected);
            for (int i = 0; i < 9; i += 3) {
                assertThat(taken.subList(i, i + 3)).containsExactlyInAnyOrder("single", "one\0", "other\0");
            }
        }
    }

    private static Request request(String body) {
        return new Request(MessageType.READ, 0, Request.ANY, body, new Call(() -> 1, () -> {}, reply -> {}));
    }
}
