// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.integrity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenledger.domain.AnyEvents;
import org.xenledger.ledger.LedgerException;
import org.xenledger.ledger.Ledgers;
import org.xenledger.ledger.Progress;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.StoreLocation;

class AnchorTest {
    private static final Instant THEN = Instant.parse("2026-03-02T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-03-03T00:00:00Z");

    @TempDir
    Path temp;

    private StoreLocation location;
    private Path file;

    @BeforeEach
    void aLedger() {
        location = Ledgers.inMemory();
        file = temp.resolve("anchor");
        Samples.write(location, List.of(AnyEvents.history(1, 6)));
    }

    @Test
    void aMissingFileIsMadeForItsOwnerOnly() throws Exception {
        assertThat(extend(THEN)).isEmpty();
        assertThat(Files.readAllLines(file))
                .singleElement()
                .asString()
                .matches("\\{\"time\":\"2026-03-02T00:00:00Z\",\"store\":\"[0-9a-f-]{36}\",\"position\":6,\"seal\":3,"
                        + "\"hash\":\"[0-9a-f]{64}\"}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(filesBeside()).containsExactly(file);
    }

    @Test
    void anUnchangedFingerprintIsNotAddedAgain() throws Exception {
        extend(THEN);
        assertThat(extend(NOW)).isEmpty();
        assertThat(Files.readAllLines(file)).hasSize(1);
    }

    @Test
    void aLedgerThatGrewIsAdded() throws Exception {
        extend(THEN);
        grow();
        assertThat(extend(NOW)).isEmpty();
        assertThat(Files.readAllLines(file)).hasSize(2).last().asString().contains("2026-03-03", "\"position\":10");
    }

    @Test
    void theFirstLineThatIsNotContinuedIsNamed() throws Exception {
        extend(THEN);
        grow();
        extend(NOW);
        Samples.tamper(location, "DELETE FROM event WHERE global_index > 2", "DELETE FROM seal WHERE number > 1");
        String before = Files.readString(file);
        assertThat(extend(NOW))
                .contains("the ledger does not continue the fingerprint of 2026-03-02T00:00:00Z: it had seal 3 at"
                        + " event 6, and has another one or none there now, so it was cut or written anew");
        assertThat(file).hasContent(before);
    }

    @Test
    void anotherStoreDoesNotContinueIt() {
        extend(THEN);
        location = Ledgers.inMemory();
        Samples.write(location, List.of(AnyEvents.history(1, 6)));
        assertThat(extend(NOW).orElseThrow())
                .startsWith(
                        "the ledger does not continue the fingerprint of 2026-03-02T00:00:00Z: that was of the store");
    }

    @Test
    void anEmptyLedgerHasAFingerprintThatEveryLaterOneContinues() {
        location = Ledgers.inMemory();
        Ledgers.open(location).close();
        assertThat(extend(THEN)).isEmpty();
        grow();
        assertThat(extend(NOW)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "not JSON",
                "{}",
                "[1]",
                "null",
                "{\"time\":\"yesterday\",\"store\":\"11111111-2222-3333-4444-555555555555\",\"position\":1,\"seal\":1,"
                        + "\"hash\":\"00\"}",
                "{\"time\":\"2026-03-02T00:00:00Z\",\"store\":\"x\",\"position\":1,\"seal\":1,\"hash\":\"00\"}",
                "{\"time\":\"2026-03-02T00:00:00Z\",\"store\":\"11111111-2222-3333-4444-555555555555\",\"position\":1}",
                "\u0000\u00ff"
            })
    void whatIsNoAnchorIsRefusedInOneSentenceAndLeftAlone(String content) throws Exception {
        Files.writeString(file, content);
        assertThatThrownBy(() -> extend(NOW))
                .isInstanceOf(LedgerException.class)
                .hasMessageStartingWith("the file " + file + " is no anchor of a ledger: ")
                .hasMessageNotContaining("\n");
        assertThat(file).hasContent(content);
    }

    @Test
    void aTornLastLineIsNamed() throws Exception {
        extend(THEN);
        String whole = Files.readString(file);
        Files.writeString(file, whole + whole.substring(0, 40));
        assertThatThrownBy(() -> extend(NOW)).hasMessageContaining("line 2 is not one");
    }

    private void grow() {
        Samples.write(location, List.of(List.of(), List.of(), AnyEvents.history(2, 4)));
    }

    private List<Path> filesBeside() throws Exception {
        try (Stream<Path> files = Files.list(temp)) {
            return files.toList();
        }
    }

    private Optional<String> extend(Instant now) {
        try (Store store = Ledgers.open(location)) {
            return new Anchor(file).extend(store, Verification.of(store, Progress.NONE), now);
        }
    }
}
