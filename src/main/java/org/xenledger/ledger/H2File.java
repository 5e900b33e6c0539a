// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;

/**
 * H2's file, below SQL. {@code CHECKPOINT} and {@code CHECKPOINT SYNC} do not do: they first look for old chunks to compact,
 * and where there are some (after the retention time of 45 s) they compact and do not write what was committed.
 */
final class H2File {
    private H2File() {}

    /** Hands all that is committed to the operating system, before it returns. */
    static void write(Connection connection) throws SQLException {
        store(connection).commit();
    }

    /** As {@link #write}, and forces it to the disk. */
    static void writeAndForce(Connection connection) throws SQLException {
        MVStore store = store(connection);
        store.commit();
        store.sync();
    }

    private static MVStore store(Connection connection) throws SQLException {
        SessionLocal session =
                (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
        return session.getDatabase().getStore().getMvStore();
    }
}
