// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenledger.domain.template.LosslessJson;
import org.xenledger.ledger.Ledgers;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.StoreLocation;

/** verify, export, import, backup and compact as somebody at a terminal uses them, on the ledger of a real host. */
class MaintenanceCommandsTest {
    private static final Capture CAPTURE = Capture.named("b-block-attach-detach");
    private static final String BEFORE = "2026-11-22T10:00:00Z";
    private static final String AFTER = "2026-11-22T11:00:00Z";

    @TempDir
    private Path directory;

    private Cli cli;

    @BeforeEach
    void record() {
        cli = new Cli(directory.resolve("ledger"));
        assertThat(cli.at(CAPTURE.before(), BEFORE, "record").status()).isZero();
        assertThat(cli.at(CAPTURE.after(), AFTER, "record").status()).isZero();
    }

    @Test
    void aValidLedgerIsSaidToBe() {
        Cli.Result verify = cli.run("verify");
        assertThat(verify.status()).isZero();
        assertThat(verify.err()).isEmpty();
        assertThat(verify.out()).contains("events, all valid").containsPattern("fingerprint: \\d+:[0-9a-f]{64}");
    }

    @Test
    void aTamperedLedgerIsADifferenceAndExportsWhatIsValid() throws IOException {
        tamper("UPDATE event SET actor = 'mallory' WHERE global_index = 3");
        Cli.Result verify = cli.run("verify");
        assertThat(verify.status()).isEqualTo(ExitStatus.DIFFERENCE);
        assertThat(verify.out())
                .contains("NOT VALID", "the first bad event is number 3: its column actor was changed")
                .contains("last valid event: 2 (");
        assertThat(LosslessJson.parse(cli.run("verify", "--output", "json").out())
                        .get("valid")
                        .booleanValue())
                .isFalse();
        Path export = directory.resolve("export.jsonl");
        Cli.Result exported = cli.run("export", export.toString());
        assertThat(exported.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(exported.err()).contains("only what comes before event 3 was exported");
        Cli rebuilt = new Cli(directory.resolve("rebuilt"));
        Cli.Result imported = rebuilt.run("import", export.toString());
        assertThat(imported.out()).startsWith("2 events imported");
        assertThat(imported.err()).contains("the export is of a damaged ledger", "its column actor was changed");
        assertThat(rebuilt.run("verify").status()).isZero();
    }

    @Test
    void aFingerprintKeptElsewhereFindsALedgerThatWasCut() throws IOException {
        Path anchor = directory.resolve("anchor");
        assertThat(cli.run("verify", "--anchor", anchor.toString()).status()).isZero();
        tamper(
                "DELETE FROM event WHERE global_index > (SELECT MAX(last_index) FROM seal WHERE number < (SELECT MAX(number) FROM seal))",
                "DELETE FROM seal WHERE number = (SELECT MAX(number) FROM seal)");
        // As somebody would who may write the store.
        Files.delete(directory.resolve("ledger/ledger.seal"));
        assertThat(cli.run("verify").status()).isZero();
        Cli.Result anchored = cli.run("verify", "--anchor", anchor.toString());
        assertThat(anchored.status()).isEqualTo(ExitStatus.DIFFERENCE);
        assertThat(anchored.out()).contains("does not continue the fingerprint");
    }

    @Test
    void whatWasImportedAnswersAsTheOldLedgerDid() {
        Path export = directory.resolve("export.jsonl");
        assertThat(cli.run("export", export.toString()).status()).isZero();
        Cli fresh = new Cli(directory.resolve("fresh"));
        assertThat(fresh.run("import", export.toString()).status()).isZero();
        answersAs(fresh);
        Cli.Result again = fresh.run("import", export.toString());
        assertThat(again.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(again.err().lines()).hasSize(1);
    }

    @Test
    void aBackupThatIsUnpackedAnswersAsTheOldLedgerDid() throws IOException {
        Path backup = directory.resolve("backup");
        assertThat(cli.run("backup", backup.toString()).status()).isZero();
        Path copy = Files.createDirectory(directory.resolve("copy"));
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(backup))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Files.copy(zip, copy.resolve(Path.of(entry.getName()).getFileName()));
            }
        }
        answersAs(new Cli(copy));
    }

    @Test
    void aCompactedLedgerAnswersAsBefore() {
        String history = cli.run("history", "guest1", "--output", "json").out();
        Cli.Result compact = cli.run("compact");
        assertThat(compact.status()).as(compact.err()).isZero();
        assertThat(compact.out()).matches("the ledger's file: \\d+ KiB before, \\d+ KiB now\n");
        assertThat(cli.run("history", "guest1", "--output", "json").out()).isEqualTo(history);
        assertThat(cli.run("verify").status()).isZero();
    }

    @Test
    void anOlderCopyOfTheFileIsToldByEveryCommandAndTakesNothing() throws IOException {
        Path file = directory.resolve("ledger/ledger.mv.db");
        byte[] older = Files.readAllBytes(file);
        assertThat(cli.at(CAPTURE.before(), "2026-11-22T12:00:00Z", "record").status())
                .isZero();
        Files.write(file, older);
        String told = "the ledger at " + directory.resolve("ledger") + " is damaged";
        Cli.Result verify = cli.run("verify");
        assertThat(verify.status()).isEqualTo(ExitStatus.DIFFERENCE);
        assertThat(verify.out()).contains("NOT VALID", told + ": it was sealed up to event ");
        for (String[] reading : new String[][] {
            {"history", "guest1"},
            {"show", "guest1", "--at", AFTER},
            {"diff", "guest1", BEFORE, AFTER},
            {"list"},
            {"backup", directory.resolve("backup").toString()},
            {"export", directory.resolve("export").toString()}
        }) {
            Cli.Result read = cli.run(reading);
            assertThat(read.err().lines())
                    .as(reading[0])
                    .anySatisfy(
                            line -> assertThat(line).startsWith("xenledger: " + told + ": it was sealed up to event "));
            assertThat(read.status()).isEqualTo(reading[0].matches("diff|export") ? 1 : 0);
        }
        // A look that shows what the older state has, which alone would write nothing.
        for (Capture.Moment moment : List.of(CAPTURE.after(), CAPTURE.before())) {
            Cli.Result record = cli.at(moment, "2026-11-22T13:00:00Z", "record");
            assertThat(record.status()).isEqualTo(ExitStatus.FAILED);
            assertThat(record.err()).startsWith("xenledger: " + told + " and takes no more events: ");
            assertThat(record.err().lines()).hasSize(1);
        }
        assertThat(file).hasBinaryContent(older);
        Cli rebuilt = new Cli(directory.resolve("rebuilt"));
        assertThat(rebuilt.run("import", directory.resolve("export").toString()).status())
                .isZero();
        assertThat(rebuilt.at(CAPTURE.before(), "2026-11-22T13:00:00Z", "record")
                        .status())
                .isZero();
        assertThat(rebuilt.run("verify").status()).isZero();
    }

    private void answersAs(Cli other) {
        for (String[] question : new String[][] {
            {"history", "guest1", "--output", "json"},
            {"show", "guest1", "--at", BEFORE, "--output", "json"},
            {"diff", "guest1", BEFORE, AFTER},
            {"verify"}
        }) {
            assertThat(other.run(question).out())
                    .isNotEmpty()
                    .isEqualTo(cli.run(question).out());
        }
    }

    private void tamper(String... statements) {
        StoreLocation location = StoreLocation.ofDirectory(directory.resolve("ledger"));
        try (Store store = Store.openForWriting(location, Store.PATIENCE)) {
            for (String statement : statements) {
                Ledgers.execute(store, statement);
            }
        }
    }
}
