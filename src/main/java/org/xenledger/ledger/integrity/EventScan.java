// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.integrity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.xenledger.ledger.EventRow;
import org.xenledger.ledger.SearchColumns;

/**
 * Reads all columns of the event table in the order of the global index, page by page. A page is small because a payload
 * may have a mebibyte.
 */
public final class EventScan {
    private static final String PAGE = """
            SELECT global_index, stream, sequence, event_id, kind, revision, occurred_at, payload, metadata, hash,
                device, operation, actor, host
            FROM event WHERE global_index > ? AND global_index <= ?
            ORDER BY global_index FETCH FIRST ? ROWS ONLY""";

    private static final int ROWS = 100;

    private final Connection connection;
    private final long upTo;
    private long last;

    /** A row as it is stored, with its copies of what the payload says. */
    public record Stored(EventRow row, SearchColumns search) {}

    /** Reads the events after one global index and up to another. */
    public EventScan(Connection connection, long after, long upTo) {
        this.connection = connection;
        this.last = after;
        this.upTo = upTo;
    }

    /** The next page; empty at the end. Where a page cannot be read, perhaps its first row can. */
    public List<Stored> next() throws SQLException {
        try {
            return page(ROWS);
        } catch (SQLException e) {
            return page(1);
        }
    }

    private List<Stored> page(int rows) throws SQLException {
        List<Stored> page = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(PAGE)) {
            select.setLong(1, last);
            select.setLong(2, upTo);
            select.setInt(3, rows);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    page.add(stored(row));
                }
            }
        }
        if (!page.isEmpty()) {
            last = page.get(page.size() - 1).row().globalIndex();
        }
        return page;
    }

    private static Stored stored(ResultSet row) throws SQLException {
        return new Stored(
                new EventRow(
                        row.getLong(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getString(4),
                        row.getString(5),
                        row.getInt(6),
                        row.getString(7),
                        row.getBytes(8),
                        row.getBytes(9),
                        row.getBytes(10)),
                new SearchColumns(row.getString(11), row.getString(12), row.getString(13), row.getString(14)));
    }
}
