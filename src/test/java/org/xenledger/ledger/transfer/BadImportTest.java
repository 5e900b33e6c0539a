// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.transfer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.xenledger.domain.AnyEvents;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.ledger.LedgerException;
import org.xenledger.ledger.Ledgers;
import org.xenledger.ledger.Progress;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.StoreLocation;
import org.xenledger.ledger.integrity.Samples;

class BadImportTest {
    private static final Instant NOW = Instant.parse("2026-03-03T00:00:00Z");
    private static final String NO_LINE = "it is no line that `xenledger export` wrote";
    private static final String EXPORT = TransferTest.export(Samples.write(Ledgers.inMemory(), 2, 6), NOW);
    private static final List<String> LINES = EXPORT.lines().toList();

    @Example
    void anEmptyFileIsRefused() {
        assertRefused("", "the export is empty");
    }

    @Example
    void aBinaryFileIsRefused() {
        byte[] noise = new byte[5000];
        new Random(1).nextBytes(noise);
        assertRefused("\u007fELF\u0000\u0001\n" + new String(noise, ISO_8859_1), wrong(1, NO_LINE));
    }

    @Example
    void anotherFileIsRefused() {
        assertRefused("{\"some\":\"json\"}\n", wrong(1, NO_LINE));
        assertRefused("{}\n", wrong(1, "it is not the header of an export"));
        assertRefused("null\n", wrong(1, "it is not the header of an export"));
    }

    @Example
    void anotherVersionIsRefused() {
        assertRefused(
                EXPORT.replace("\"version\":1", "\"version\":2"),
                wrong(
                        1,
                        "another version of Xenledger wrote it (format 2, schema 1; this one reads format 1, schema up"
                                + " to 1)"));
        assertRefused(
                EXPORT.replace("\"schema\":1", "\"schema\":9"),
                wrong(
                        1,
                        "another version of Xenledger wrote it (format 1, schema 9; this one reads format 1, schema up"
                                + " to 1)"));
    }

    @Example
    void aFileTruncatedBetweenLinesIsRefused() {
        assertRefused(
                String.join("\n", LINES.subList(0, 5)) + "\n",
                wrong(6, "it is not there, so the export was truncated"));
    }

    @Example
    void aFileTruncatedWithinALineIsRefused() {
        assertRefused(
                EXPORT.substring(0, EXPORT.length() - 1), wrong(LINES.size(), "the file ends in the middle of it"));
    }

    @Example
    void everyTruncationIsRefused() {
        for (int end = 0; end < EXPORT.length(); end += 97) {
            String part = EXPORT.substring(0, end);
            assertThatThrownBy(() -> imported(part)).isInstanceOf(LedgerException.class);
        }
    }

    @Example
    void anEditedEventIsRefused() {
        assertRefused(
                edited(2, line -> line.replace("\"cause\":\"record", "\"cause\":\"recorD")),
                wrong(3, "it was changed, inserted or moved here from another place: it does not match its hash"));
        assertRefused(
                edited(2, line -> line.replaceFirst("\"at\":\"2026", "\"at\":\"2025")),
                wrong(3, "its time is not the one that the event has"));
        assertRefused(
                edited(2, line -> line.replace("\"kind\":\"", "\"kind\":\"X")),
                wrong(
                        3,
                        "its payload, kind or revision was changed, or a newer Xenledger wrote it: this one knows no such"
                                + " event"));
    }

    @Example
    void anEditedSealOrTrailerIsRefused() {
        assertThatThrownBy(() -> imported(edited(3, line -> line.replace("2026", "2025"))))
                .hasMessageStartingWith(
                        "line 4 of the export cannot be imported: seal 1 does not match its events 1 to 2");
        int last = LINES.size() - 1;
        assertThatThrownBy(() -> imported(edited(last, line -> line.replace("\"events\":12", "\"events\":13"))))
                .hasMessageStartingWith(
                        "line " + LINES.size() + " of the export cannot be imported: it tells of 13 events");
    }

    @Example
    void aLineThatIsMissingDoubledOrElsewhereIsRefused() {
        List<String> missing = new ArrayList<>(LINES);
        missing.remove(5);
        assertThatThrownBy(() -> imported(joined(missing)))
                .isInstanceOf(LedgerException.class)
                .hasMessageStartingWith("line 6 of the export");
        List<String> doubled = new ArrayList<>(LINES);
        doubled.add(5, LINES.get(5));
        assertThatThrownBy(() -> imported(joined(doubled)))
                .isInstanceOf(LedgerException.class)
                .hasMessageStartingWith("line 7 of the export");
        List<String> elsewhere = new ArrayList<>(LINES);
        elsewhere.add(8, elsewhere.remove(4));
        assertThatThrownBy(() -> imported(joined(elsewhere)))
                .isInstanceOf(LedgerException.class)
                .hasMessageStartingWith("line 5 of the export");
        assertRefused(EXPORT + "\n", wrong(LINES.size() + 1, "it comes after the end of the export"));
    }

    @Example
    void anotherFormOfTheSameLineIsRefused() {
        assertRefused(edited(1, line -> line.replace("{\"position\":1,", "{\"position\": 1,")), wrong(2, NO_LINE));
        assertRefused(edited(1, line -> line.replace(",\"hash\"", ",\"more\":1,\"hash\"")), wrong(2, NO_LINE));
        assertRefused(edited(1, line -> line.replace(",\"hash\"", ",\"hash\":\"\",\"hash\"")), wrong(2, NO_LINE));
        assertRefused(edited(3, line -> line.replace("\"count\":2", "\"count\":2,\"count\":2")), wrong(4, NO_LINE));
        assertRefused(edited(3, line -> line.replace("\"count\":2", "\"count\":\"2\"")), wrong(4, NO_LINE));
        assertRefused(edited(1, line -> line + "\r"), wrong(2, NO_LINE));
    }

    @Example
    void aHugeLineIsRefusedBeforeItIsInMemory() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }
        };
        assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> assertThatThrownBy(() -> Import.into(Ledgers.inMemory(), endless, 0, Progress.NONE, remark -> {}))
                        .isInstanceOf(LedgerException.class)
                        .hasMessage(wrong(1, "it is longer than any line of an export")));
    }

    @Example
    void deepNestingIsRefused() {
        String deep = "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000);
        assertRefused(
                edited(1, line -> line.replace("\"payload\":{", "\"payload\":{\"deep\":" + deep + ",")),
                wrong(2, NO_LINE));
        assertRefused(deep + "\n", wrong(1, NO_LINE));
    }

    @Property(tries = 60)
    void noiseIsRefusedInASentence(@ForAll @Size(max = 400) byte[] noise, @ForAll("places") int place) {
        int at = Math.floorMod(place, EXPORT.length());
        String text = EXPORT.substring(0, at)
                + new String(noise, ISO_8859_1)
                + EXPORT.substring(Math.min(EXPORT.length(), at + noise.length + 1));
        if (!text.equals(EXPORT)) {
            assertThatThrownBy(() -> imported(text))
                    .isInstanceOf(LedgerException.class)
                    .hasMessageNotContaining("\n");
        }
    }

    @Property(tries = 60)
    void oneOtherByteAnywhereIsRefused(@ForAll("places") int place, @ForAll byte other) {
        byte[] bytes = EXPORT.getBytes(ISO_8859_1);
        int at = Math.floorMod(place, bytes.length);
        boolean inHeader = at < LINES.get(0).length();
        if (bytes[at] != other && !inHeader) {
            bytes[at] = other;
            assertThatThrownBy(() -> imported(new String(bytes, ISO_8859_1)))
                    .isInstanceOf(LedgerException.class)
                    .hasMessageNotContaining("\n");
        }
    }

    @Property(tries = 30)
    void anyHistoriesComeThroughUnchanged(@ForAll("histories") List<List<DomainEvent>> histories) {
        StoreLocation location = Ledgers.inMemory();
        Samples.write(location, histories);
        String export = TransferTest.export(location, NOW);
        StoreLocation target = Ledgers.inMemory();
        try (InputStream in = new ByteArrayInputStream(export.getBytes(ISO_8859_1))) {
            Import.into(target, in, export.length(), Progress.NONE, remark -> {});
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
        assertThat(TransferTest.export(target, NOW)).isEqualTo(export);
    }

    @Provide
    Arbitrary<Integer> places() {
        return net.jqwik.api.Arbitraries.integers();
    }

    @Provide
    Arbitrary<List<List<DomainEvent>>> histories() {
        return AnyEvents.histories(10).list().ofMaxSize(3);
    }

    private static String edited(int index, UnaryOperator<String> edit) {
        List<String> lines = new ArrayList<>(LINES);
        lines.set(index, edit.apply(LINES.get(index)));
        assertThat(lines).isNotEqualTo(LINES);
        return joined(lines);
    }

    private static String joined(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }

    private static String wrong(long line, String reason) {
        return "line " + line + " of the export cannot be imported: " + reason;
    }

    private static void assertRefused(String export, String sentence) {
        assertThatThrownBy(() -> imported(export))
                .isInstanceOf(LedgerException.class)
                .hasMessage(sentence);
    }

    private static void imported(String export) {
        StoreLocation target = Ledgers.inMemory();
        try {
            Import.into(target, new ByteArrayInputStream(export.getBytes(ISO_8859_1)), 0, Progress.NONE, remark -> {});
        } finally {
            close(target);
        }
    }

    /** A database in memory stays until it is told to go. */
    private static void close(StoreLocation target) {
        try (Store store = Ledgers.open(target)) {
            Ledgers.execute(store, "SHUTDOWN IMMEDIATELY");
        } catch (LedgerException e) {
            assertThat(e).isNotNull();
        }
    }
}
