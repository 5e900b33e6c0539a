// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.xenledger.Soak;
import org.xenledger.xenstore.DaemonUnderTest;
import org.xenledger.xenstore.EmbeddedXenstored;
import org.xenledger.xenstore.RawConnection;
import org.xenledger.xenstore.RawSocket;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.MessageType;
import org.xenledger.xenstore.wire.XenstoreException;

/** Whatever bytes a client sends, and however it leaves, others are served on. */
class SocketLayerFuzzTest {
    private static final int MANY = 20_000;

    private DaemonUnderTest daemon;
    private RawConnection witness;
    private int tries;

    @BeforeProperty
    void start() throws Exception {
        daemon = EmbeddedXenstored.startEmpty();
        witness = new RawSocket(daemon.socket());
        daemon.create(1);
        witness.ask(MessageType.INTRODUCE, "1\0001\0003\0");
    }

    /** Had the server's thread ended, closing it would say how. */
    @AfterProperty
    void stop() {
        witness.close();
        daemon.close();
    }

    @Property(tries = 200)
    void anyBytesOfOneClientLeaveTheOthersServed(@ForAll long seed) {
        run(new Random(seed));
    }

    /** The number of tries can be a constant only. */
    @Tag("soak")
    @Property(tries = MANY)
    void manyBytesOfOneClientLeaveTheOthersServed(@ForAll long seed) {
        if (tries++ < Soak.rounds(MANY)) {
            run(new Random(seed));
        }
    }

    private void run(Random random) {
        RandomFrames frames = new RandomFrames(random);
        RawSocket client = random.nextInt(4) > 0 ? new RawSocket(daemon.socket()) : (RawSocket) daemon.guest(1);
        try (client) {
            for (int i = random.nextInt(40); i >= 0; i--) {
                Frame frame = frames.next();
                if (frame.is(MessageType.RELEASE) || frame.is(MessageType.CONTROL)) {
                    continue;
                }
                sendInPieces(client, random, damaged(frame.encode(), random));
                if (random.nextInt(10) == 0) {
                    receive(client);
                }
            }
        }
        assertThat(witness.ask(MessageType.GET_DOMAIN_PATH, "7\0").body()).isEqualTo("/local/domain/7\0");
    }

    /** Seldom, as it ends what can be understood. */
    private static ByteBuffer damaged(ByteBuffer bytes, Random random) {
        switch (random.nextInt(60)) {
            case 0 -> bytes.order(ByteOrder.nativeOrder()).putInt(12, random.nextInt());
            case 1 -> bytes.order(ByteOrder.nativeOrder()).putInt(12, random.nextInt(5000));
            case 2 -> bytes.limit(random.nextInt(bytes.limit()));
            default -> {}
        }
        return bytes;
    }

    private static void sendInPieces(RawSocket client, Random random, ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            int length = random.nextInt(3) > 0 ? bytes.remaining() : 1 + random.nextInt(bytes.remaining());
            client.send(bytes.slice(bytes.position(), length));
            bytes.position(bytes.position() + length);
        }
    }

    private static void receive(RawSocket client) {
        try {
            client.receive(Duration.ofMillis(1));
        } catch (XenstoreException e) {
            throw new AssertionError("the server sent what is no frame", e);
        }
    }
}
