// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.xenledger.ledger.EventTable;
import org.xenledger.ledger.LedgerException;
import org.xenledger.ledger.Progress;
import org.xenledger.ledger.SealTable;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.StoreLocation;
import org.xenledger.ledger.WholeFile;
import org.xenledger.ledger.integrity.Verification;
import org.xenledger.ledger.integrity.Verified;

/**
 * Makes a new store out of an export: with the same events, hashes, seals and id, so that it continues every fingerprint
 * that the exported ledger had. It is there as a whole or not at all.
 *
 * <p>The key of the fingerprints that stand for secrets is never exported; the new store makes its own. So a secret that
 * was recorded before the export has another fingerprint after it, and looks as if it had changed once.
 */
public final class Import {
    private Import() {}

    /**
     * Imports into a place where there is no ledger yet.
     *
     * @param size how many bytes come, for the progress; 0 when that is not known
     * @param remark told in a sentence when the export does not have all that the exported ledger had
     * @return the verification of the new ledger, which is valid
     * @throws LedgerException when a ledger or anything else is there already, or with the number of the first line that
     *     is not in order; nothing is left then
     */
    public static Verified into(
            StoreLocation target, InputStream export, long size, Progress progress, Consumer<String> remark) {
        return target.directory() == null
                ? intoDatabase(target, export, size, progress, remark)
                : intoDirectory(target.directory(), export, size, progress, remark);
    }

    private static Verified intoDirectory(
            Path target, InputStream export, long size, Progress progress, Consumer<String> remark) {
        try {
            refuseFull(target);
            WholeFile.makeDirectory(target.getParent());
            Path building = Files.createTempDirectory(target.getParent(), target.getFileName() + ".import-");
            try {
                StoreLocation location = StoreLocation.ofDirectory(building);
                try (Store store = Store.openForWriting(location, Store.PATIENCE)) {
                    fill(store, export, size, progress, remark);
                }
                Verified verified = verified(location);
                WholeFile.sync(location.databaseFile().orElseThrow());
                WholeFile.sync(building);
                Files.move(building, target, StandardCopyOption.ATOMIC_MOVE);
                WholeFile.sync(target.getParent());
                return verified;
            } finally {
                delete(building);
            }
        } catch (IOException e) {
            throw new LedgerException("the ledger at " + target + " cannot be made: " + e.getMessage(), e);
        }
    }

    private static void refuseFull(Path target) throws IOException {
        if (Files.exists(target)) {
            try (Stream<Path> files = Files.list(target)) {
                if (files.findAny().isPresent()) {
                    throw new LedgerException("the directory " + target + " is not empty: an import needs a new place");
                }
            }
        }
    }

    private static Verified intoDatabase(
            StoreLocation target, InputStream export, long size, Progress progress, Consumer<String> remark) {
        try (Store store = Store.openForWriting(target, Store.PATIENCE)) {
            refuseFull(store);
            try {
                fill(store, export, size, progress, remark);
                Verified verified = Verification.of(store, Progress.NONE);
                return valid(verified);
            } catch (RuntimeException e) {
                drop(store);
                throw e;
            }
        }
    }

    private static void refuseFull(Store store) {
        try (Connection connection = store.connect()) {
            if (EventTable.head(connection) > 0 || SealTable.last(connection).number() > 0) {
                throw new LedgerException("there is a ledger at " + store.location() + ": an import needs a new place");
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static void fill(Store store, InputStream export, long size, Progress progress, Consumer<String> remark) {
        try (Connection connection = store.connect()) {
            ImportWriter writer = new ImportWriter(connection);
            UUID id = new ImportReader(export, connection, writer, store.schemaVersion(), remark).read(size, progress);
            writer.finish(id);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static Verified verified(StoreLocation location) {
        try (Store store = Store.openForReading(location, Store.PATIENCE)) {
            return valid(Verification.of(store, Progress.NONE));
        }
    }

    /** Each line was checked, so this finds what the disk or we did wrong. */
    private static Verified valid(Verified verified) {
        verified.broken().ifPresent(broken -> {
            throw new LedgerException("what was imported is not what was stored: " + broken.reason());
        });
        return verified;
    }

    private static void drop(Store store) {
        try (Connection connection = store.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP ALL OBJECTS");
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static LedgerException failed(SQLException e) {
        String message = e.getMessage().lines().findFirst().orElse("");
        return new LedgerException("the new ledger cannot be written: " + message, e);
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            List<Path> all;
            try (Stream<Path> files = Files.walk(directory)) {
                all = files.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path file : all) {
                Files.delete(file);
            }
        }
    }
}
