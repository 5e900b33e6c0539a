// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    @TempDir
    Path temp;

    private StoreLocation location;

    @BeforeEach
    void here() {
        location = StoreLocation.ofDirectory(temp.resolve("store"));
    }

    @Test
    void theFirstWriterMakesTheStoreForItsOwnerOnly() throws Exception {
        try (Store store = Store.openForWriting(location, SHORT)) {
            assertThat(store.secretKey()).hasSize(32);
            assertThat(store.stoppedUncleanly()).isFalse();
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(location.directory())))
                .isEqualTo("rwx------");
    }

    @Test
    void itsIdentityStays() {
        Store first = Store.openForWriting(location, SHORT);
        first.close();
        try (Store second = Store.openForReading(location, SHORT)) {
            assertThat(second.id()).isEqualTo(first.id());
            assertThat(second.secretKey()).isEqualTo(first.secretKey());
        }
    }

    @Test
    void readingWhereNoLedgerIsSaysWhatToDo() {
        String sentence = "no ledger at " + location + ": run `xenledger record` first, or give --store its place";
        assertThatThrownBy(() -> Store.openForReading(location, SHORT))
                .isInstanceOf(LedgerException.class)
                .hasMessage(sentence);
        assertThat(location.directory()).doesNotExist();
        assertThatThrownBy(() -> Store.openForReading(StoreLocation.parse("jdbc:h2:mem:nothing"), SHORT))
                .isInstanceOf(LedgerException.class)
                .hasMessageStartingWith("no ledger at jdbc:h2:mem:nothing:");
    }

    @Test
    void readersDoNotDisturbEachOther() throws Exception {
        Store.openForWriting(location, SHORT).close();
        try (Store one = Store.openForReading(location, SHORT);
                Child two = Child.start(HoldStore.class, "read", location.toString())) {
            assertThat(two.line()).isEqualTo("open");
            assertThat(one.writable()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:/var/lib/xenledger/ledger",
                "jdbc:h2:file:./ledger",
                "jdbc:h2:nio:~/ledger",
                "jdbc:h2:tcp://localhost/ledger",
                "jdbc:postgresql://localhost/ledger"
            })
    void aUrlIsNoPlaceForALedger(String url) {
        assertThatThrownBy(() -> StoreLocation.parse(url))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("give --store the directory");
    }

    @Test
    void aReaderCannotWrite() {
        Store.openForWriting(location, SHORT).close();
        try (Store store = Store.openForReading(location, SHORT)) {
            assertThatThrownBy(() -> Ledgers.execute(store, "DELETE FROM meta")).hasMessageContaining("read only");
        }
    }

    @Test
    void aStoreOfANewerSchemaIsRefused() throws Exception {
        try (Store store = Store.openForWriting(location, SHORT)) {
            Ledgers.execute(store, "UPDATE meta SET schema_version = 99");
        }
        assertThatThrownBy(() -> Store.openForWriting(location, SHORT))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("was written by a newer Xenledger (its schema is 99");
        assertThatThrownBy(() -> Store.openForReading(location, SHORT))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("was written by a newer Xenledger (its schema is 99");
    }

    @Test
    void theSecondOpenerIsToldWhoHoldsTheStore() throws Exception {
        try (Child holder = Child.start(HoldStore.class, "write", location.toString())) {
            assertThat(holder.line()).isEqualTo("open");
            assertThatThrownBy(() -> Store.openForWriting(location, SHORT))
                    .isInstanceOf(LedgerException.class)
                    .hasMessageContaining("is in use by process " + holder.pid() + " (")
                    .hasMessageContaining(HoldStore.class.getName());
            assertThatThrownBy(() -> Store.openForReading(location, SHORT))
                    .hasMessageContaining("is in use by process " + holder.pid());
        }
    }

    @Test
    void theSecondOpenerWaitsForTheFirst() throws Exception {
        try (Child holder = Child.start(HoldStore.class, "write", location.toString(), "700")) {
            assertThat(holder.line()).isEqualTo("open");
            try (Store store = Store.openForWriting(location, Store.PATIENCE)) {
                assertThat(store.stoppedUncleanly()).isFalse();
            }
        }
    }

    @Test
    void anUncleanStopIsSeenOnce() throws Exception {
        try (Child holder = Child.start(HoldStore.class, "write", location.toString())) {
            assertThat(holder.line()).isEqualTo("open");
        }
        try (Store store = Store.openForWriting(location, SHORT)) {
            assertThat(store.stoppedUncleanly()).isTrue();
        }
        try (Store store = Store.openForWriting(location, SHORT)) {
            assertThat(store.stoppedUncleanly()).isFalse();
        }
    }
}
