// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.integrity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.xenledger.ledger.EventRow;
import org.xenledger.ledger.EventTable;
import org.xenledger.ledger.Ledgers;
import org.xenledger.ledger.RowHash;
import org.xenledger.ledger.SealHash;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.StoreLocation;

/** Somebody who knows how the hashes are made and may write the store: computes all of them anew. */
final class Forger {
    static final String CHANGE = """
            UPDATE event SET payload = CAST(REPLACE(UTF8TOSTRING(payload), '2026', '2027') AS VARBINARY),
                occurred_at = REPLACE(occurred_at, '2026', '2027') WHERE global_index = 9""";
    static final String MAKE_ROOM = "UPDATE event SET global_index = global_index + 1 WHERE global_index > 8";
    static final String INSERT_COPY = """
            INSERT INTO event SELECT %d, 'host:new', %s, event_id, kind, revision, occurred_at, payload, metadata, device,
                operation, actor, host, hash FROM event WHERE global_index = 1""";

    private Forger() {}

    static String closeTheGap(int at) {
        return "UPDATE event SET global_index = global_index - 1 WHERE global_index > " + at;
    }

    static String exchange(int one, int other) {
        return "UPDATE event SET global_index = " + (one + other) + " - global_index WHERE global_index IN (" + one
                + ", " + other + ")";
    }

    static void rehashRows(StoreLocation location) throws SQLException {
        try (Store store = Ledgers.open(location);
                Connection connection = store.connect();
                PreparedStatement update =
                        connection.prepareStatement("UPDATE event SET hash = ? WHERE global_index = ?")) {
            Map<String, byte[]> last = new HashMap<>();
            for (EventRow row : rows(connection)) {
                byte[] hash = RowHash.of(last.getOrDefault(row.stream(), RowHash.none()), row);
                last.put(row.stream(), hash);
                update.setBytes(1, hash);
                update.setLong(2, row.globalIndex());
                update.executeUpdate();
            }
        }
    }

    static void rehashSeals(StoreLocation location) throws SQLException {
        try (Store store = Ledgers.open(location);
                Connection connection = store.connect();
                Statement select = connection.createStatement();
                ResultSet seal = select.executeQuery("SELECT number, last_index, sealed_at FROM seal ORDER BY number");
                PreparedStatement update =
                        connection.prepareStatement("UPDATE seal SET row_count = ?, hash = ? WHERE number = ?")) {
            List<EventRow> rows = new ArrayList<>(rows(connection));
            byte[] previous = RowHash.none();
            long index = 0;
            while (seal.next()) {
                SealHash hash = new SealHash(previous, index);
                while (!rows.isEmpty() && rows.get(0).globalIndex() <= seal.getLong(2)) {
                    EventRow row = rows.remove(0);
                    hash.add(row.globalIndex(), row.hash());
                }
                index = hash.lastIndex();
                previous = hash.finish(seal.getString(3));
                update.setLong(1, hash.count());
                update.setBytes(2, previous);
                update.setLong(3, seal.getLong(1));
                update.executeUpdate();
            }
        }
    }

    private static List<EventRow> rows(Connection connection) throws SQLException {
        return EventTable.after(connection, 0, Long.MAX_VALUE, Integer.MAX_VALUE);
    }
}
