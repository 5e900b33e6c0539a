// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.integrity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.xenledger.ledger.EventRow;
import org.xenledger.ledger.RowHash;

/**
 * The last row of each stream so far. Only the streams met most recently are remembered; of the others the row before is
 * looked up, which was checked when its turn was.
 */
final class StreamTails {
    private static final String BEFORE =
            "SELECT hash FROM event WHERE stream = ? AND sequence = ? AND global_index < ?";
    private static final int MOST = 4096;

    private final Connection connection;
    private final Map<String, Tail> tails = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Tail> eldest) {
            return size() > MOST;
        }
    };

    /** A stream's last row so far; without a row, the sequence is -1. */
    @SuppressWarnings("ArrayRecordComponent")
    record Tail(long sequence, byte[] hash) {}

    StreamTails(Connection connection) {
        this.connection = connection;
    }

    /** The last row of the stream before this one, or at least the one that this one must follow if that is there. */
    Tail before(EventRow row) throws SQLException {
        Tail known = tails.get(row.stream());
        if (known != null) {
            return known;
        }
        if (row.sequence() > 0) {
            try (PreparedStatement select = connection.prepareStatement(BEFORE)) {
                select.setString(1, row.stream());
                select.setLong(2, row.sequence() - 1);
                select.setLong(3, row.globalIndex());
                try (ResultSet found = select.executeQuery()) {
                    if (found.next()) {
                        return new Tail(row.sequence() - 1, found.getBytes(1));
                    }
                }
            }
        }
        return new Tail(-1, RowHash.none());
    }

    void put(EventRow row) {
        tails.put(row.stream(), new Tail(row.sequence(), row.hash()));
    }
}
