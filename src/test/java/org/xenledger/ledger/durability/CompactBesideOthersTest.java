// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.durability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenledger.domain.AnyEvents;
import org.xenledger.domain.event.RecordedEvent;
import org.xenledger.ledger.Ledger;
import org.xenledger.ledger.Ledgers;
import org.xenledger.ledger.Ledgers.Append;
import org.xenledger.ledger.Progress;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.StoreLocation;
import org.xenledger.ledger.axon.AxonLedger;
import org.xenledger.ledger.integrity.Samples;
import org.xenledger.ledger.integrity.Verification;

/** A store is made small while others want to use it: the new file takes the place of the old one, with all that it had. */
class CompactBesideOthersTest {
    private static final int STREAMS = 60;
    private static final int ROUNDS = 3;
    /** So that the compaction finds its turn. */
    private static final int LONGER_THAN_A_POLL = 150;

    @TempDir
    Path temp;

    private StoreLocation location;

    @BeforeEach
    void write() {
        location = Samples.write(StoreLocation.ofDirectory(temp.resolve("store")), STREAMS, 50);
    }

    @Test
    void whatOthersAppendMeanwhileStays() throws Exception {
        CompletableFuture<Void> compacting = CompletableFuture.runAsync(this::compactAllRounds);
        List<String> acknowledged = new ArrayList<>();
        while (!compacting.isDone()) {
            try (Ledger ledger = AxonLedger.open(Ledgers.open(location), Ledgers.CLOCK)) {
                ledger
                        .handle(new Append(Ledgers.stream(STREAMS + 1), AnyEvents.history(acknowledged.size(), 1)))
                        .stream()
                        .map(RecordedEvent::id)
                        .map(Object::toString)
                        .forEach(acknowledged::add);
            }
            Thread.sleep(LONGER_THAN_A_POLL);
        }
        compacting.join();
        assertThat(acknowledged).hasSizeGreaterThan(ROUNDS);
        try (Store store = Store.openForReading(location, Store.PATIENCE)) {
            assertThat(Verification.of(store, Progress.NONE).valid()).isTrue();
            assertThat(Ledgers.count(store, "event")).isEqualTo(STREAMS * 50L + acknowledged.size());
        }
    }

    @Test
    void thoseThatLookMeanwhileDisturbNobody() throws Exception {
        CompletableFuture<Void> compacting = CompletableFuture.runAsync(this::compactAllRounds);
        while (!compacting.isDone()) {
            try (Store store = Store.openForReading(location, Store.PATIENCE)) {
                assertThat(Ledgers.count(store, "event")).isEqualTo(STREAMS * 50L);
            }
            Thread.sleep(LONGER_THAN_A_POLL);
        }
        compacting.join();
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(location.databaseFile().orElseThrow())))
                .isEqualTo("rw-------");
    }

    private void compactAllRounds() {
        try {
            for (int i = 0; i < ROUNDS; i++) {
                Path errors = temp.resolve("errors" + i);
                try (Program compact = Program.start(errors, temp.resolve("store"), "compact")) {
                    assertThat(compact.exitStatus()).as("%s", compact.errors()).isZero();
                    assertThat(compact.errors()).isEmpty();
                }
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
