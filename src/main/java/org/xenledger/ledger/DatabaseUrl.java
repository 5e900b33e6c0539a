// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import java.sql.Connection;
import java.sql.SQLException;

/** A database that is named by a URL, whose file is H2's own affair: it is written and forced in one. */
final class DatabaseUrl implements GroupSync.Disk {
    @Override
    public void write(Connection connection) throws SQLException {
        GroupSync.execute(connection, "CHECKPOINT SYNC");
    }

    @Override
    public void force() {
        // Done with the writing.
    }
}
