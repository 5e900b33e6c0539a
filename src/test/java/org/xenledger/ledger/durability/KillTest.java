// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.durability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenledger.Soak;
import org.xenledger.ledger.Child;
import org.xenledger.ledger.StoreLocation;

/** Writers are killed by a real SIGKILL at a random moment, over and over in the same store. */
class KillTest {
    private static final int ROUNDS = 30;
    private static final int SOAK_ROUNDS = Soak.rounds(300);
    private static final int LONG_ROUNDS = Soak.rounds(4);
    /** Longer than the retention time of 45 s, after which H2 would write again where it wrote before. */
    private static final Duration LONG_LIFE = Duration.ofSeconds(70);

    private static final int SIGKILL = 137;
    private static final String START = "start";
    private static final String FIRST_ACKNOWLEDGEMENT = "ack";
    private static final int FOR_EVER = Integer.MAX_VALUE;

    private final Random random = new Random(1);
    private final Acknowledged acknowledged = new Acknowledged();

    @TempDir
    Path temp;

    private StoreLocation location;

    @Test
    void noAcknowledgedEventIsLost() throws Exception {
        kill(ROUNDS);
    }

    @Test
    @Tag("soak")
    void noAcknowledgedEventIsLostInHundredsOfKills() throws Exception {
        kill(SOAK_ROUNDS);
    }

    @Test
    @Tag("soak")
    void noAcknowledgedEventIsLostInALifeLongerThanTheRetentionTime() throws Exception {
        location = StoreLocation.ofDirectory(temp.resolve("store"));
        for (int round = 1; round <= LONG_ROUNDS; round++) {
            run(LONG_LIFE.plusMillis(random.nextInt(5000)), FIRST_ACKNOWLEDGEMENT);
            long events = StoreCheck.asLeft(location, acknowledged);
            System.out.printf(
                    "kill after %s, round %d: %d acknowledged, %d found, 0 lost, file of %d MB%n",
                    LONG_LIFE,
                    round,
                    acknowledged.count(),
                    events,
                    temp.resolve("store/ledger.mv.db").toFile().length() >> 20);
        }
        StoreCheck.asTakenOver(location, acknowledged);
    }

    private void kill(int rounds) throws Exception {
        location = StoreLocation.ofDirectory(temp.resolve("store"));
        long events = 0;
        for (int round = 1; round <= rounds; round++) {
            int before = acknowledged.count();
            boolean whileOpening = round % 5 == 0;
            run(Duration.ofMillis(random.nextInt(500)), whileOpening ? START : FIRST_ACKNOWLEDGEMENT);
            assertThat(whileOpening || acknowledged.count() > before).isTrue();
            // Mostly only a reader looks: the next writer finds the store as the killed one left it.
            events = round % 7 == 0
                    ? StoreCheck.asTakenOver(location, acknowledged)
                    : StoreCheck.asLeft(location, acknowledged);
        }
        System.out.printf(
                "kill -9: %d rounds, %d acknowledged, %d found, 0 lost%n", rounds, acknowledged.count(), events);
    }

    /** Runs a writer and kills it so long after it has printed a line like this one. */
    private void run(Duration life, String since) throws Exception {
        try (Child child = Child.start(WriterProcess.class, location.toString(), "4", Integer.toString(FOR_EVER))) {
            String line;
            do {
                line = child.line();
                acknowledged.read(line);
            } while (!line.startsWith(since));
            Thread killer = new Thread(() -> killAfter(life, child));
            killer.start();
            child.lines().forEach(acknowledged::read);
            killer.join();
            assertThat(child.exitStatus()).isEqualTo(SIGKILL);
        }
    }

    private static void killAfter(Duration life, Child child) {
        try {
            Thread.sleep(life.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            child.kill();
        }
    }
}
