// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.durability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenledger.Soak;
import org.xenledger.ledger.Ledger;
import org.xenledger.ledger.Progress;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.StoreLocation;
import org.xenledger.ledger.axon.AxonLedger;
import org.xenledger.ledger.integrity.SelfCheck;
import org.xenledger.ledger.power.Cut;
import org.xenledger.ledger.power.Disk;
import org.xenledger.ledger.power.Disks;
import org.xenledger.ledger.transfer.Compact;

/**
 * The power goes while a ledger is made, written, closed, opened again or made small, and of what was not forced the disk
 * has done whatever it liked. The next round goes on with what is left.
 */
class PowerLossTest {
    private static final int ROUNDS = 8;
    private static final int SOAK_ROUNDS = 100;
    private static final int THREADS = 4;
    private static final int COMMANDS = 12;
    private static final String LEDGER = "var/lib/ledger";

    /** What a round is about, and how many steps that takes: the power goes at one of them. */
    private enum Kind {
        /** A new ledger begins. */
        MAKE(60),
        WRITE(600),
        COMPACT(60),
        WRITE_ON(600);

        private final int steps;

        Kind(int steps) {
            this.steps = steps;
        }
    }

    private static final List<Kind> KINDS = List.of(Kind.values());
    private static final List<Cut> CUTS = List.of(Cut.values());

    private static final Logger LOG = Logger.getLogger("");
    private static Level level;

    private final long seed = Long.getLong("power.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @TempDir
    Path temp;

    private Acknowledged acknowledged;
    /** Up to where the ledger said that it was durable. */
    private long durable;
    /** Whether the ledger is being used, so that it cannot have been closed in order. */
    private boolean inUse;

    /** What a ledger says of its disk after a cut helps nobody. */
    @BeforeAll
    static void beQuiet() {
        level = LOG.getLevel();
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void speakAgain() {
        LOG.setLevel(level);
    }

    @Test
    void noAcknowledgedEventIsLost() throws Exception {
        cut(ROUNDS);
    }

    @Test
    @Tag("soak")
    void noAcknowledgedEventIsLostInAHundredCuts() throws Exception {
        cut(Soak.rounds(SOAK_ROUNDS));
    }

    private void cut(int rounds) throws Exception {
        Path machine = temp;
        int total = 0;
        for (int round = 0; round < rounds; round++) {
            Kind kind = KINDS.get(round % KINDS.size());
            if (kind == Kind.MAKE) {
                machine = Files.createDirectory(temp.resolve("new" + round));
                acknowledged = new Acknowledged();
                durable = 0;
            }
            int before = acknowledged.count();
            Disk disk = Disks.over(machine);
            int steps = 1 + random.nextInt(kind.steps);
            Cut cut = CUTS.get(random.nextInt(CUTS.size()));
            RuntimeException end =
                    useUntilItFails(kind, StoreLocation.ofDirectory(Disks.path(machine.resolve(LEDGER))), disk, steps);
            total += acknowledged.count() - before;
            machine = temp.resolve("left" + round);
            disk.writeTo(machine, cut, random);
            try {
                assertThat(disk.isOn()).isFalse();
                check(machine.resolve(LEDGER), round % 3 == 0);
            } catch (Exception | AssertionError e) {
                e.addSuppressed(end);
                throw new AssertionError(
                        "seed %d, round %d, %s, power off at step %d, done: %s"
                                .formatted(seed, round, kind, steps, cut),
                        e);
            }
        }
        System.out.printf("power loss: %d rounds, %d acknowledged, 0 lost (seed %d)%n", rounds, total, seed);
    }

    private RuntimeException useUntilItFails(Kind kind, StoreLocation location, Disk disk, int steps)
            throws InterruptedException {
        inUse = false;
        if (kind == Kind.COMPACT) {
            use(location);
        }
        disk.powerGoesIn(steps);
        try {
            if (kind == Kind.COMPACT) {
                Compact.run(location, Store.PATIENCE, Progress.NONE);
            }
            while (true) {
                use(location);
            }
        } catch (RuntimeException e) {
            return e;
        }
    }

    private void use(StoreLocation location) throws InterruptedException {
        Store store = SelfCheck.open(location, Store.PATIENCE, Progress.NONE);
        inUse = true;
        Ledger ledger = AxonLedger.open(store, Clock.systemUTC());
        durable = ledger.durablePosition();
        List<RuntimeException> failures =
                new Writers(ledger, COMMANDS, acknowledged::add).start(THREADS).join();
        durable = ledger.durablePosition();
        inUse = !failures.isEmpty();
        ledger.close();
        failures.forEach(failure -> {
            throw failure;
        });
    }

    private void check(Path directory, boolean writeToo) throws Exception {
        StoreLocation location = StoreLocation.ofDirectory(directory);
        if (location.isMissing()) {
            assertThat(acknowledged.count()).isZero();
            return;
        }
        assertThat(StoreCheck.asLeft(location, acknowledged)).isGreaterThanOrEqualTo(durable);
        assertThat(!inUse || Files.exists(directory.resolve("ledger.holder")))
                .as("shows that it was not closed in order")
                .isTrue();
        if (writeToo) {
            StoreCheck.asTakenOver(location, acknowledged);
        }
    }
}
