// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.transfer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.xenledger.ledger.LedgerException;
import org.xenledger.ledger.Progress;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.StoreLocation;
import org.xenledger.ledger.StoreUse;
import org.xenledger.ledger.integrity.SelfCheck;
import org.xenledger.ledger.integrity.Verification;
import org.xenledger.ledger.integrity.Verified;

/** Makes the file of a store as small as its content allows. Nobody else may have the store open meanwhile. */
public final class Compact {
    private Compact() {}

    /** How many bytes the file had, and has. */
    public record Sizes(long before, long after) {}

    /**
     * Compacts a store, and checks that it still holds what it held.
     *
     * @param patience how long to wait for another process that has it open
     */
    public static Sizes run(StoreLocation location, Duration patience, Progress progress) {
        Path file = location.databaseFile()
                .orElseThrow(
                        () -> new LedgerException("only a ledger in a directory can be made small: give --store one"));
        if (!Files.exists(file)) {
            throw new LedgerException("no ledger at " + location + " to be made small");
        }
        // Held from before to after: in between H2 gives its own lock up, and what others wrote then would be lost.
        StoreUse alone = StoreUse.take(location, true, patience);
        try {
            long before = size(file);
            Object old = identity(file);
            Verified held = compact(location, patience, progress);
            try (Store store = Store.openForReading(location, patience)) {
                if (!Verification.of(store, Progress.NONE).equals(held)) {
                    throw new LedgerException("the ledger at " + location
                            + " is not what it was before it was made small: restore a backup");
                }
            }
            if (identity(file).equals(old)) {
                throw new LedgerException(
                        "the ledger at " + location
                                + " could not be made small and is as it was: is there room on the disk for a second file of its size?");
            }
            return new Sizes(before, size(file));
        } finally {
            alone.close();
        }
    }

    private static Verified compact(StoreLocation location, Duration patience, Progress progress) {
        try (Store store = SelfCheck.open(location, patience, Progress.NONE)) {
            Verified held = Verification.of(store, progress);
            try (Connection connection = store.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("SHUTDOWN COMPACT");
            }
            return held;
        } catch (SQLException e) {
            throw new LedgerException("the ledger at " + location + " cannot be made small: " + e.getMessage(), e);
        }
    }

    /** H2 puts a new file in the place of the old one; where it cannot write that it says nothing and keeps the old one. */
    private static Object identity(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
