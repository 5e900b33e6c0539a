// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.transfer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenledger.domain.AnyEvents;
import org.xenledger.ledger.LedgerException;
import org.xenledger.ledger.Ledgers;
import org.xenledger.ledger.Progress;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.StoreLocation;
import org.xenledger.ledger.integrity.Anchor;
import org.xenledger.ledger.integrity.Samples;
import org.xenledger.ledger.integrity.Verification;
import org.xenledger.ledger.integrity.Verified;

class TransferTest {
    private static final Instant THEN = Instant.parse("2026-03-02T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-03-03T00:00:00Z");

    @TempDir
    Path temp;

    private StoreLocation location;
    private StoreLocation target;

    @BeforeEach
    void aLedger() {
        location = Samples.write(Ledgers.inMemory(), 3, 8);
        target = StoreLocation.ofDirectory(temp.resolve("new/store"));
    }

    @Test
    void anExportHasAHeaderTheEventsWithTheirSealsAndATrailer() {
        List<String> lines = export(location, NOW).lines().toList();
        assertThat(lines).hasSize(1 + 24 + 12 + 1);
        assertThat(lines.get(0))
                .matches("\\{\"format\":\"xenledger-export\",\"version\":1,\"store\":\"[0-9a-f-]{36}\",\"schema\":1,"
                        + "\"exported_at\":\"2026-03-03T00:00:00Z\"}");
        assertThat(lines.get(1))
                .matches("\\{\"position\":1,\"stream\":\"[0-9a-f-]{36}\",\"sequence\":0,\"id\":\"[0-9a-f-]{36}\","
                        + "\"kind\":\"DomainRegistered\",\"revision\":1,\"at\":\"2026-[0-9T:.-]{24}Z\","
                        + "\"payload\":\\{\"by\":.*},\"metadata\":\\{},\"hash\":\"[0-9a-f]{64}\"}");
        assertThat(lines.get(3))
                .matches("\\{\"seal\":1,\"last_index\":2,\"count\":2,\"sealed_at\":\"2026-[0-9T:.-]{24}Z\","
                        + "\"hash\":\"[0-9a-f]{64}\"}");
        assertThat(lines.get(37)).matches("\\{\"events\":24,\"seals\":12,\"last_seal\":\"[0-9a-f]{64}\"}");
    }

    @Test
    void whatWasImportedIsTheSameLedgerWithAnotherKey() {
        String export = export(location, NOW);
        Verified verified = imported(export);
        try (Store old = Ledgers.open(location);
                Store fresh = Store.openForReading(target, Store.PATIENCE)) {
            assertThat(verified).isEqualTo(Verification.of(old, Progress.NONE));
            assertThat(fresh.id()).isEqualTo(old.id());
            assertThat(fresh.secretKey()).isNotEqualTo(old.secretKey());
        }
        assertThat(export(target, NOW)).isEqualTo(export);
    }

    @Test
    void anImportedLedgerContinuesTheFingerprintsOfTheOldOneAndGoesOn() {
        Anchor anchor = new Anchor(temp.resolve("anchor"));
        try (Store store = Ledgers.open(location)) {
            assertThat(anchor.extend(store, Verification.of(store, Progress.NONE), THEN))
                    .isEmpty();
        }
        imported(export(location, THEN));
        Samples.write(target, List.of(List.of(), List.of(), List.of(), AnyEvents.history(9, 4)));
        try (Store store = Ledgers.open(target)) {
            Verified verified = Verification.of(store, Progress.NONE);
            assertThat(verified.events()).isEqualTo(28);
            assertThat(anchor.extend(store, verified, NOW)).isEmpty();
        }
    }

    @Test
    void anEmptyLedgerIsExportedAndImported() {
        location = Ledgers.inMemory();
        String export = export(location, NOW);
        assertThat(imported(export).events()).isZero();
        assertThat(export(target, NOW)).isEqualTo(export);
    }

    @Test
    void eventsThatAreNotSealedYetAreExportedAndImported() throws Exception {
        Samples.tamper(location, "DELETE FROM seal WHERE number > 10");
        String export = export(location, NOW);
        assertThat(imported(export).unsealed()).isEqualTo(4);
        assertThat(export(target, NOW)).isEqualTo(export);
    }

    @Test
    void whatIsValidOfADamagedLedgerIsExportedWithTheReasonWhyItStops() throws Exception {
        Samples.tamper(location, "UPDATE event SET payload = X'7B7D' WHERE global_index = 10");
        String export = export(location, NOW);
        assertThat(export.lines().toList())
                .hasSize(1 + 9 + 4 + 1)
                .last()
                .asString()
                .startsWith("{\"events\":9,\"seals\":4,\"last_seal\":\"")
                .endsWith("\",\"stopped\":\"event 10: its payload, kind or revision was changed, or a newer Xenledger"
                        + " wrote it: this one knows no such event\"}");
        assertThat(imported(export).events()).isEqualTo(9);
    }

    @Test
    void anExportIsPutIntoAFileForItsOwnerOnlyAndAsAWhole() throws Exception {
        Path file = temp.resolve("export");
        Files.writeString(file, "older");
        try (Store store = Ledgers.open(location)) {
            Export.toFile(store, file, NOW, Progress.NONE);
        }
        assertThat(file).hasContent(export(location, NOW));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(filesIn(temp)).containsExactly(file);
    }

    @Test
    void anExportThatFailsLeavesTheFileAsItWas() throws Exception {
        Path file = temp.resolve("export");
        Files.writeString(file, "older");
        Samples.tamper(location, "DROP TABLE seal");
        try (Store store = Ledgers.open(location)) {
            assertThatThrownBy(() -> Export.toFile(store, file, NOW, Progress.NONE))
                    .isInstanceOf(LedgerException.class)
                    .hasMessageContaining("damaged");
        }
        assertThat(file).hasContent("older");
        assertThat(filesIn(temp)).containsExactly(file);
    }

    @Test
    void progressIsToldUpToTheEnd() {
        List<String> told = new ArrayList<>();
        location = Samples.write(Ledgers.inMemory(), 1, 150);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Store store = Ledgers.open(location)) {
            Export.toStream(store, out, NOW, (done, total) -> told.add(done + "/" + total));
        }
        assertThat(told).containsExactly("100/300", "150/300", "250/300", "300/300");
        told.clear();
        Import.into(
                target,
                in(out.toString(US_ASCII)),
                out.size(),
                (done, total) -> told.add(done + "/" + total),
                remark -> {});
        assertThat(told).last().isEqualTo(out.size() + "/" + out.size());
    }

    @Test
    void anImportGoesToANewPlaceOnly() throws Exception {
        String export = export(location, NOW);
        assertThatThrownBy(() -> Import.into(location, in(export), 0, Progress.NONE, remark -> {}))
                .isInstanceOf(LedgerException.class)
                .hasMessageMatching("there is a ledger at .*: an import needs a new place");
        try (Store store = Ledgers.open(location)) {
            assertThat(Ledgers.count(store, "event")).isEqualTo(24);
        }
        Files.createDirectories(target.directory());
        Files.writeString(target.directory().resolve("precious"), "data");
        assertThatThrownBy(() -> imported(export))
                .hasMessage("the directory " + target + " is not empty: an import needs a new place");
        assertThat(target.directory().resolve("precious")).hasContent("data");
    }

    @Test
    void anImportTakesAnEmptyDirectoryOrAnEmptyDatabase() throws Exception {
        String export = export(location, NOW);
        Files.createDirectories(target.directory());
        assertThat(imported(export).events()).isEqualTo(24);
        StoreLocation empty = Ledgers.inMemory();
        Ledgers.open(empty).close();
        assertThat(Import.into(empty, in(export), 0, Progress.NONE, remark -> {})
                        .events())
                .isEqualTo(24);
        assertThat(export(empty, NOW)).isEqualTo(export);
    }

    @Test
    void aFailedImportLeavesNothing() throws Exception {
        String export = export(location, NOW);
        String truncated = export.substring(0, export.length() - 200);
        assertThatThrownBy(() -> imported(truncated)).isInstanceOf(LedgerException.class);
        assertThat(filesIn(target.directory().getParent())).isEmpty();
        StoreLocation database = Ledgers.inMemory();
        assertThatThrownBy(() -> Import.into(database, in(truncated), 0, Progress.NONE, remark -> {}))
                .isInstanceOf(LedgerException.class);
        assertThatThrownBy(() -> Store.openForReading(database, Store.PATIENCE))
                .hasMessageStartingWith("no ledger at ");
        assertThat(Import.into(database, in(export), 0, Progress.NONE, remark -> {})
                        .events())
                .isEqualTo(24);
    }

    @Test
    void anImportOfManyStreamsSpansTransactions() {
        location = Samples.write(Ledgers.inMemory(), 700, 3);
        String export = export(location, NOW);
        assertThat(imported(export).events()).isEqualTo(2100);
        assertThat(export(target, NOW)).isEqualTo(export);
    }

    private Verified imported(String export) {
        return Import.into(target, in(export), export.length(), Progress.NONE, remark -> {});
    }

    private static ByteArrayInputStream in(String export) {
        return new ByteArrayInputStream(export.getBytes(US_ASCII));
    }

    private static List<Path> filesIn(Path directory) throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    static String export(StoreLocation location, Instant now) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Store store = Ledgers.open(location)) {
            Export.toStream(store, out, now, Progress.NONE);
        }
        return out.toString(US_ASCII);
    }
}
