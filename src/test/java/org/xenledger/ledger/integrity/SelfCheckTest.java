// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.integrity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenledger.ledger.LedgerException;
import org.xenledger.ledger.Ledgers;
import org.xenledger.ledger.Progress;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.StoreLocation;

class SelfCheckTest {
    private static final String TOKENS = """
            INSERT INTO token (processor_name, segment) SELECT 'processor', x FROM SYSTEM_RANGE(1, 9)""";

    @TempDir
    Path temp;

    private StoreLocation location;

    @BeforeEach
    void aLedger() throws Exception {
        location = Samples.write(StoreLocation.ofDirectory(temp.resolve("store")), 3, 8);
        Samples.tamper(location, TOKENS);
    }

    @Test
    void anUndamagedStorePasses() throws Exception {
        stopUncleanly();
        try (Store store = SelfCheck.open(location, Store.PATIENCE, Progress.NONE)) {
            assertThat(store.stoppedUncleanly()).isTrue();
            assertThat(SelfCheck.run(store, Progress.NONE)).isEmpty();
            assertThat(Ledgers.count(store, "token")).isEqualTo(9);
        }
    }

    @Test
    void eachIndexIsReallyWalked() throws Exception {
        try (Store store = Ledgers.open(location);
                Connection connection = store.connect()) {
            List<IndexCheck.Index> indexes = IndexCheck.indexes(connection);
            assertThat(indexes).extracting(IndexCheck.Index::table).contains("EVENT", "TOKEN", "SNAPSHOT");
            for (IndexCheck.Index index : indexes) {
                assertThat(plan(connection, index.overIndex())).contains("/* PUBLIC." + index.name() + " */");
                assertThat(plan(connection, index.overTable())).contains(".tableScan */");
            }
        }
    }

    @Test
    void everyTableIsEitherMadeAgainOrKept() throws Exception {
        try (Store store = Ledgers.open(location);
                Connection connection = store.connect()) {
            List<String> kept = new ArrayList<>(IndexCheck.tables(connection));
            kept.removeAll(SelfCheck.DERIVED);
            assertThat(kept).containsExactlyInAnyOrder("EVENT", "SEAL", "META", "flyway_schema_history");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "phantom", "exchanged"})
    void aDamagedIndexOfTheEventsIsFoundAndTheStoreTakesNoMore(String damage) throws Exception {
        Samples.damageIndex(location, "EVENT", damage);
        try (Store store = Store.openForReading(location, Store.PATIENCE)) {
            assertThat(SelfCheck.found(store))
                    .as("also by who only reads")
                    .hasValueSatisfying(why -> assertThat(why).startsWith("the index EVENT_STREAM_SEQUENCE_INDEX_"));
        }
        stopUncleanly();
        assertThatThrownBy(() -> SelfCheck.open(location, Store.PATIENCE, Progress.NONE))
                .isInstanceOf(LedgerException.class)
                .hasMessageMatching(
                        "the ledger at .* is damaged and takes no more events: the index"
                                + " EVENT_STREAM_SEQUENCE_INDEX_\\w+ of the table EVENT does not have the rows that the table has;"
                                + " export what is valid with `xenledger export`, then `xenledger import` that into a new store");
        assertTakesNoMore();
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "phantom", "exchanged"})
    void whatCanBeMadeAgainIsEmptied(String damage) throws Exception {
        Samples.damageIndex(location, "TOKEN", damage);
        try (Store store = Store.openForReading(location, Store.PATIENCE)) {
            assertThat(SelfCheck.found(store)).isEmpty();
        }
        stopUncleanly();
        try (Store store = SelfCheck.open(location, Store.PATIENCE, Progress.NONE)) {
            for (String table : SelfCheck.DERIVED) {
                assertThat(Ledgers.count(store, table)).isZero();
            }
            assertThat(Ledgers.count(store, "event")).isEqualTo(24);
            assertThat(SelfCheck.run(store, Progress.NONE)).isEmpty();
            Ledgers.execute(store, TOKENS);
        }
    }

    @Test
    void aStoreThatWasClosedInOrderIsNotChecked() throws Exception {
        Samples.damageIndex(location, "TOKEN", "missing");
        try (Store store = SelfCheck.open(location, Store.PATIENCE, Progress.NONE)) {
            assertThat(SelfCheck.run(store, Progress.NONE)).containsExactly("TOKEN");
        }
    }

    @Test
    void aCheckThatCouldNotBeMadeIsMadeByTheNextWriter() throws Exception {
        stopUncleanly();
        IllegalStateException failure = new IllegalStateException("the check was broken off");
        assertThatThrownBy(() -> SelfCheck.open(location, Store.PATIENCE, (done, all) -> {
                    throw failure;
                }))
                .isSameAs(failure);
        try (Store store = SelfCheck.open(location, Store.PATIENCE, Progress.NONE)) {
            assertThat(store.stoppedUncleanly()).isTrue();
        }
    }

    @Test
    void aComparisonThatIsBrokenOffIsNoDamage() throws Exception {
        Samples.tamper(
                location, "INSERT INTO token (processor_name, segment) SELECT 'many', x FROM SYSTEM_RANGE(1, 50000)");
        try (Store store = Ledgers.open(location);
                Connection connection = store.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET QUERY_TIMEOUT 1");
            assertThatThrownBy(() -> IndexCheck.damaged(connection))
                    .isInstanceOf(SQLTimeoutException.class)
                    .hasMessageContaining("canceled");
            statement.execute("SET QUERY_TIMEOUT 0");
            assertThat(IndexCheck.damaged(connection)).isEmpty();
        }
    }

    @Test
    void aBrokenEndOfTheChainIsFound() throws Exception {
        Samples.tamper(location, "DELETE FROM event WHERE global_index = 22");
        stopUncleanly();
        assertThatThrownBy(() -> SelfCheck.open(location, Store.PATIENCE, Progress.NONE))
                .hasMessageContaining("event 22 was removed: after event 21 comes event 23");
        assertTakesNoMore();
    }

    @Test
    void aFileThatWasEmptiedIsNotTakenForANewLedger() throws Exception {
        Files.write(location.databaseFile().orElseThrow(), new byte[0]);
        assertUnreadable();
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedInOneSentence() throws Exception {
        Files.writeString(location.databaseFile().orElseThrow(), "this was a database");
        assertUnreadable();
    }

    @Test
    void aFileOfZerosIsRefusedInOneSentence() throws Exception {
        Path file = location.databaseFile().orElseThrow();
        Files.write(file, new byte[(int) Files.size(file)]);
        assertUnreadable();
    }

    @Test
    void damageAnywhereInTheFileIsToldOrLosesNothing() throws Exception {
        byte[] whole = Files.readAllBytes(location.databaseFile().orElseThrow());
        byte[] mark = Files.readAllBytes(location.directory().resolve("ledger.seal"));
        int found = 0;
        for (int place = 1; place < 24; place++) {
            // A new path each time: H2 keeps the lock on a file that it failed to open for as long as the JVM lives.
            location = StoreLocation.ofDirectory(Files.createDirectory(temp.resolve("damaged" + place)));
            Path file = Files.write(location.databaseFile().orElseThrow(), whole);
            Files.write(location.directory().resolve("ledger.seal"), mark);
            overwrite(file, (long) whole.length * place / 24, place);
            stopUncleanly();
            try (Store store = SelfCheck.open(location, Store.PATIENCE, Progress.NONE)) {
                Verified verified = Verification.of(store, Progress.NONE);
                assertThat(verified.valid()).isTrue();
                assertThat(verified.events()).isEqualTo(24);
            } catch (LedgerException e) {
                found++;
                assertThat(e).hasMessageContaining("damaged").hasMessageNotContaining("\n");
            }
        }
        assertThat(found).isPositive();
    }

    private void assertUnreadable() {
        String sentence = "the file of the ledger at " + location + " is damaged and cannot be read: ";
        assertThatThrownBy(() -> Store.openForReading(location, Store.PATIENCE))
                .isInstanceOf(LedgerException.class)
                .hasMessageStartingWith(sentence)
                .hasMessageNotContaining("\n");
        assertThatThrownBy(() -> SelfCheck.open(location, Store.PATIENCE, Progress.NONE))
                .isInstanceOf(LedgerException.class)
                .hasMessageStartingWith(sentence);
    }

    private void assertTakesNoMore() {
        assertThatThrownBy(() -> Ledgers.open(location))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("is damaged and takes no more events: ");
        try (Store store = Store.openForReading(location, Store.PATIENCE)) {
            assertThat(store.writable()).isFalse();
        }
    }

    private static void overwrite(Path file, long at, int seed) throws Exception {
        byte[] noise = new byte[4096];
        new Random(seed).nextBytes(noise);
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.seek(at);
            access.write(noise, 0, (int) Math.min(noise.length, access.length() - at));
        }
    }

    /** What a killed writer leaves behind. */
    private void stopUncleanly() throws Exception {
        Files.write(location.directory().resolve("ledger.holder"), List.of("1", "1970-01-01T00:00:00Z", "gone"));
    }

    private static String plan(Connection connection, String sql) throws Exception {
        try (Statement statement = connection.createStatement();
                ResultSet plan = statement.executeQuery("EXPLAIN " + sql)) {
            plan.next();
            return plan.getString(1);
        }
    }
}
