// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.transfer;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.xenledger.ledger.LedgerException;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.WholeFile;

/**
 * Copies a store into one file while it is open, and perhaps being written. The copy is a ZIP file with the database in
 * it, complete with the key that an export leaves out, and as much to be protected as the store.
 *
 * <p>To restore it, unpack it into a new directory for its owner only, and check that:
 *
 * <pre>
 * mkdir -m 700 DIR
 * unzip FILE -d DIR
 * xenledger verify --store DIR
 * </pre>
 */
public final class Backup {
    private static final String BACKUP = "BACKUP TO ?";

    private Backup() {}

    /** Writes a backup to a file, for its owner only; a file that is there is replaced when all is written. */
    public static void toFile(Store store, Path file) {
        WholeFile.put(file, part -> {
            try (Connection connection = store.connect();
                    PreparedStatement backup = connection.prepareStatement(BACKUP)) {
                backup.setString(1, part.toString());
                backup.execute();
            } catch (SQLException e) {
                String message = e.getMessage().lines().findFirst().orElse("");
                throw new LedgerException(
                        "the ledger at " + store.location() + " cannot be copied to " + file + ": " + message, e);
            }
        });
    }
}
