// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.transfer;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.xenledger.ledger.EventTable;
import org.xenledger.ledger.SealTable;
import org.xenledger.ledger.SealTable.Seal;

/** Puts what is imported into a new store, many rows to a transaction. */
final class ImportWriter {
    private static final String IDENTITY = "UPDATE meta SET store_id = ?";
    private static final int MOST_ROWS = 500;
    private static final long MOST_BYTES = 4 << 20;

    private final Connection connection;
    private final List<EventTable.Entry> events = new ArrayList<>();
    private final List<Seal> seals = new ArrayList<>();
    private long bytes;

    ImportWriter(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
    }

    void add(EventTable.Entry entry) throws SQLException {
        events.add(entry);
        bytes += entry.row().payload().length;
        if (events.size() >= MOST_ROWS || bytes >= MOST_BYTES) {
            flush();
        }
    }

    void add(Seal seal) throws SQLException {
        seals.add(seal);
        if (seals.size() >= MOST_ROWS) {
            flush();
        }
    }

    /** Writes what is left, takes over the identity of the store, and forces all of it to the disk. */
    void finish(UUID store) throws SQLException {
        flush();
        try (PreparedStatement update = connection.prepareStatement(IDENTITY)) {
            update.setObject(1, store);
            update.executeUpdate();
        }
        connection.commit();
        try (Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT SYNC");
        }
    }

    private void flush() throws SQLException {
        if (!events.isEmpty()) {
            EventTable.insert(connection, events);
        }
        for (Seal seal : seals) {
            SealTable.insert(connection, seal);
        }
        connection.commit();
        events.clear();
        seals.clear();
        bytes = 0;
    }
}
