// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.h2.api.ErrorCode;

/** Waits for the database: H2, too, lets only one process at a time have it open to write. */
final class StoreLock {
    private StoreLock() {}

    static Connection connect(DataSource source, StoreLocation location, Duration patience) {
        Patience waiting = new Patience(location, patience);
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
                waiting.pause(e);
            }
        }
    }
}
