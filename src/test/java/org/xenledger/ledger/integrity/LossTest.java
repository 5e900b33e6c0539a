// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.integrity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenledger.domain.AnyEvents;
import org.xenledger.ledger.LedgerException;
import org.xenledger.ledger.Ledgers;
import org.xenledger.ledger.Progress;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.StoreLocation;
import org.xenledger.ledger.transfer.Compact;
import org.xenledger.ledger.transfer.Export;

/** What a store had is not there any more, and H2 does not say so. The ledger has 24 events under 12 seals. */
class LossTest {
    private static final String WHAT_TO_DO =
            "; restore a newer backup, or take what is left with `xenledger export` and"
                    + " `xenledger import` that into a new store; if this older state is what you want, remove ";

    @TempDir
    Path temp;

    private StoreLocation location;
    private Path file;
    private Path mark;

    @BeforeEach
    void aLedger() {
        at(temp.resolve("store"));
        Samples.write(location, 3, 8);
    }

    @Test
    void nothingIsToldOfAStoreThatIsWhole() {
        assertThat(mark).hasSize(168);
        assertThat(loss()).isEmpty();
        Samples.write(location, List.of(List.of(), List.of(), List.of(), AnyEvents.history(9, 4)));
        assertThat(loss()).isEmpty();
    }

    /** Whatever is cut off: it is told, or nothing that was sealed was in it. */
    @Test
    void aFileThatWasCutOffIsFoundOut() throws Exception {
        byte[] whole = Files.readAllBytes(file);
        int told = 0;
        for (int length = whole.length - 1; length > 0; length -= 1 + whole.length / 24) {
            told += damaged("cut" + length, Arrays.copyOf(whole, length));
        }
        System.out.printf("cut off: the mark told of %d%n", told);
        assertThat(told).isGreaterThan(10);
    }

    /** The same for bytes that were changed, where the newest chunks are. */
    @Test
    void aFileWithChangedBytesIsFoundOut() throws Exception {
        byte[] whole = Files.readAllBytes(file);
        int told = 0;
        for (int place = 0; place < 16; place++) {
            byte[] changed = whole.clone();
            int at = whole.length - 1 - place * 1000;
            for (int i = at; i > at - 100; i--) {
                changed[i] ^= 0x55;
            }
            told += damaged("changed" + place, changed);
        }
        System.out.printf("changed bytes: the mark told of %d%n", told);
        assertThat(told).isPositive();
    }

    @Test
    void anOlderCopyIsNotWrittenOnButRead() throws Exception {
        byte[] older = Files.readAllBytes(file);
        Samples.write(location, List.of(List.of(), List.of(), List.of(), AnyEvents.history(9, 4)));
        Files.write(file, older);
        String told =
                "it was sealed up to event 28 and ends at event 24: the end of its file was damaged or cut off, or"
                        + " an older copy took its place" + WHAT_TO_DO + mark;
        assertThat(loss()).contains("the ledger at " + location + " is damaged: " + told);
        assertRefused("is damaged and takes no more events: " + told);
        assertThat(file).hasBinaryContent(older);
        ByteArrayOutputStream export = new ByteArrayOutputStream();
        try (Store store = Store.openForReading(location, Store.PATIENCE)) {
            assertThat(Export.toStream(store, export, Instant.EPOCH, Progress.NONE)
                            .events())
                    .isEqualTo(24);
        }
        assertThat(export.toString(US_ASCII)).contains("\"events\":24");
    }

    @Test
    void whoRemovesTheMarkGoesOnWithTheOlderState() throws Exception {
        byte[] older = Files.readAllBytes(file);
        Samples.write(location, List.of(List.of(), List.of(), List.of(), AnyEvents.history(9, 4)));
        byte[] newer = Files.readAllBytes(mark);
        Files.write(file, older);
        Files.delete(mark);
        Samples.write(location, List.of(List.of(), List.of(), List.of(), AnyEvents.history(10, 8)));
        assertThat(loss()).isEmpty();
        Files.write(mark, newer);
        assertThat(loss().orElseThrow()).contains("its seal 14 up to event 28 is not the one that was written: ");
        assertRefused("is damaged and takes no more events: its seal 14");
    }

    @Test
    void theFileOfAnotherLedgerIsFoundOut() throws Exception {
        StoreLocation other = Samples.write(StoreLocation.ofDirectory(temp.resolve("other")), 3, 8);
        Files.copy(other.databaseFile().orElseThrow(), file, StandardCopyOption.REPLACE_EXISTING);
        assertThat(loss().orElseThrow()).contains("its file is that of another ledger, ", "was sealed up to event 24");
        assertRefused("its file is that of another ledger, ");
    }

    @Test
    void aFileThatIsGoneIsNotBegunAnew() throws Exception {
        Files.delete(file);
        assertRefused(
                "which was sealed up to event 24, is gone: put it back, or restore a backup; to begin a new ledger"
                        + " here, remove " + mark);
        assertThat(file).doesNotExist();
        Files.delete(mark);
        Ledgers.open(location).close();
    }

    /** Nobody forces it: a power cut may leave any of these. */
    @Test
    void aMarkThatIsOldOrTornOrMissingIsWrittenAnew() throws Exception {
        byte[] old = Files.readAllBytes(mark);
        Samples.write(location, List.of(List.of(), List.of(), List.of(), AnyEvents.history(9, 4)));
        byte[] newest = Files.readAllBytes(mark);
        for (byte[] left : new byte[][] {old, Arrays.copyOf(newest, 99), new byte[168], new byte[0], null}) {
            Files.delete(mark);
            if (left != null) {
                Files.write(mark, left);
            }
            assertThat(loss()).isEmpty();
            Samples.write(location, List.of());
            assertThat(mark).hasBinaryContent(newest);
        }
    }

    @Test
    void aCompactedStoreIsWhole() throws Exception {
        byte[] before = Files.readAllBytes(mark);
        Compact.run(location, Store.PATIENCE, Progress.NONE);
        assertThat(mark).hasBinaryContent(before);
        assertThat(loss()).isEmpty();
        Samples.write(location, List.of(List.of(), List.of(), List.of(), AnyEvents.history(9, 4)));
        assertThat(loss()).isEmpty();
    }

    /** Returns 1 when only the mark could tell that this file is not all that was written; its content must not change. */
    private int damaged(String name, byte[] bytes) throws Exception {
        byte[] sealed = Files.readAllBytes(temp.resolve("store/ledger.seal"));
        // A new path each time: H2 keeps the lock on a file that it failed to open for as long as the JVM lives.
        at(Files.createDirectory(temp.resolve(name)));
        Files.write(file, bytes);
        Files.write(mark, sealed);
        boolean told = false;
        try (Store store = Store.openForReading(location, Store.PATIENCE)) {
            Verified verified = Verification.of(store, Progress.NONE);
            told = store.loss().isPresent();
            assertThat(told || !verified.valid() || verified.events() == 24).isTrue();
        } catch (LedgerException e) {
            assertThat(e).hasMessageContaining("damaged").hasMessageNotContaining("\n");
        }
        if (told) {
            assertRefused("is damaged and takes no more events: it was sealed up to event 24");
            assertThat(file).as(name).hasBinaryContent(bytes);
        }
        return told ? 1 : 0;
    }

    private void at(Path directory) {
        location = StoreLocation.ofDirectory(directory);
        file = location.databaseFile().orElseThrow();
        mark = directory.resolve("ledger.seal");
    }

    private Optional<String> loss() {
        try (Store store = Store.openForReading(location, Store.PATIENCE)) {
            return store.loss();
        }
    }

    private void assertRefused(String sentence) {
        assertThatThrownBy(() -> Store.openForWriting(location, Store.PATIENCE))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining(sentence)
                .hasMessageNotContaining("\n");
    }
}
