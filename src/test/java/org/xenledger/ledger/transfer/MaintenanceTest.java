// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenledger.domain.AnyEvents;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.ledger.LedgerException;
import org.xenledger.ledger.LedgerTransaction;
import org.xenledger.ledger.Ledgers;
import org.xenledger.ledger.NewEvent;
import org.xenledger.ledger.OpenLedger;
import org.xenledger.ledger.Progress;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.StoreLocation;
import org.xenledger.ledger.integrity.Samples;
import org.xenledger.ledger.integrity.Verification;
import org.xenledger.ledger.integrity.Verified;

class MaintenanceTest {
    @TempDir
    Path temp;

    private StoreLocation location;
    private Path file;

    @BeforeEach
    void aLedger() {
        location = Samples.write(StoreLocation.ofDirectory(temp.resolve("it's a store")), 3, 8);
        file = temp.resolve("it's a backup.zip");
    }

    @Test
    void aBackupIsTheWholeStoreWithItsKey() throws Exception {
        try (Store store = Ledgers.open(location)) {
            Backup.toFile(store, file);
            try (Store copy = Store.openForReading(restored(file, "copy"), Store.PATIENCE)) {
                assertThat(Verification.of(copy, Progress.NONE)).isEqualTo(Verification.of(store, Progress.NONE));
                assertThat(copy.secretKey()).isEqualTo(store.secretKey());
            }
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void everyBackupMadeWhileAWriterAppendsIsValid() throws Exception {
        Store store = Ledgers.open(location);
        AtomicBoolean enough = new AtomicBoolean();
        try (OpenLedger ledger = new OpenLedger(store, Ledgers.CLOCK)) {
            Thread writer = new Thread(() -> appendUntil(enough, ledger));
            writer.start();
            long last = 0;
            for (int round = 0; round < 12; round++) {
                long durable = ledger.durablePosition();
                Backup.toFile(store, file);
                try (Store copy = Store.openForReading(restored(file, "copy" + round), Store.PATIENCE)) {
                    Verified verified = Verification.of(copy, Progress.NONE);
                    assertThat(verified.broken()).isEmpty();
                    assertThat(verified.events())
                            .isGreaterThanOrEqualTo(durable)
                            .isGreaterThanOrEqualTo(last);
                    last = verified.events();
                }
            }
            assertThat(last).isGreaterThan(24);
            enough.set(true);
            writer.join();
        }
    }

    @Test
    void aBackupThatCannotBeWrittenIsToldInOneSentence() {
        try (Store store = Ledgers.open(location)) {
            assertThatThrownBy(() -> Backup.toFile(store, temp.resolve("missing/backup.zip")))
                    .isInstanceOf(LedgerException.class)
                    .hasMessageContaining("cannot be written");
        }
        try (Store store = Ledgers.open(Ledgers.inMemory())) {
            assertThatThrownBy(() -> Backup.toFile(store, file))
                    .isInstanceOf(LedgerException.class)
                    .hasMessageContaining("cannot be copied to");
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void compactingMakesTheFileSmallAndKeepsTheLedger() throws Exception {
        Samples.tamper(
                location,
                "CREATE TABLE ballast AS SELECT SECURE_RAND(1000) AS b FROM SYSTEM_RANGE(1, 3000)",
                "DROP TABLE ballast");
        Samples.write(location, List.of(List.of(), List.of(), List.of(), AnyEvents.history(9, 60)));
        long size = Files.size(location.databaseFile().orElseThrow());
        Compact.Sizes sizes = Compact.run(location, Store.PATIENCE, Progress.NONE);
        assertThat(sizes.before()).isEqualTo(size);
        assertThat(sizes.after())
                .isEqualTo(Files.size(location.databaseFile().orElseThrow()))
                .isLessThan(size);
        try (Store store = Ledgers.open(location)) {
            assertThat(store.stoppedUncleanly()).isFalse();
            assertThat(Verification.of(store, Progress.NONE).events()).isEqualTo(84);
        }
    }

    @Test
    void onlyALedgerInADirectoryCanBeCompacted() {
        assertThatThrownBy(() -> Compact.run(Ledgers.inMemory(), Store.PATIENCE, Progress.NONE))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("only a ledger in a directory");
        StoreLocation nowhere = StoreLocation.ofDirectory(temp.resolve("nowhere"));
        assertThatThrownBy(() -> Compact.run(nowhere, Store.PATIENCE, Progress.NONE))
                .hasMessageStartingWith("no ledger at ");
        assertThat(nowhere.directory()).doesNotExist();
    }

    private static void appendUntil(AtomicBoolean enough, OpenLedger ledger) {
        List<DomainEvent> history = AnyEvents.history(5, 150);
        for (int stream = 10; !enough.get(); stream++) {
            for (int sequence = 0; sequence < history.size() && !enough.get(); sequence++) {
                LedgerTransaction transaction = ledger.transactions().begin();
                try {
                    String id = new UUID(stream, sequence).toString();
                    transaction.append(
                            List.of(new NewEvent(Ledgers.stream(stream), sequence, id, history.get(sequence), null)));
                    transaction.commit();
                } catch (java.sql.SQLException e) {
                    throw new IllegalStateException(e);
                } finally {
                    transaction.rollback();
                }
            }
        }
    }

    /** Unpacks a backup as its description tells. */
    private StoreLocation restored(Path backup, String name) throws IOException {
        Path directory = Files.createDirectory(temp.resolve(name));
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(backup))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Files.copy(zip, directory.resolve(entry.getName()));
            }
        }
        return StoreLocation.ofDirectory(directory);
    }
}
