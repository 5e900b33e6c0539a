// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.h2.api.ErrorCode;

/** Waits for the database, which only one process at a time can have open to write. */
final class StoreLock {
    private static final long PAUSE_MILLIS = 100;

    private StoreLock() {}

    static Connection connect(DataSource source, StoreLocation location, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return source.getConnection();
            } catch (SQLException e) {
                if (e.getErrorCode() == ErrorCode.DATABASE_NOT_FOUND_WITH_IF_EXISTS_1) {
                    throw Store.missing(location);
                }
                // Read only: there is nothing in the file, and H2 would begin a database there.
                if (Damage.shownBy(e) || e.getErrorCode() == ErrorCode.DATABASE_IS_READ_ONLY) {
                    throw Damage.unreadable(location, e);
                }
                if (e.getErrorCode() != ErrorCode.DATABASE_ALREADY_OPEN_1) {
                    throw new LedgerException("the ledger at " + location + " cannot be opened: " + Reason.of(e), e);
                }
                if (System.nanoTime() - deadline >= 0) {
                    throw new LedgerException(inUse(location), e);
                }
                pause();
            }
        }
    }

    private static String inUse(StoreLocation location) {
        String holder = location.holderFile()
                .flatMap(Holder::read)
                .filter(Holder::alive)
                .map(Holder::toString)
                .orElse("a process that reads it");
        return "the ledger at " + location + " is in use by " + holder + ": try again when that has ended";
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LedgerException("waiting for the ledger was interrupted", e);
        }
    }
}
