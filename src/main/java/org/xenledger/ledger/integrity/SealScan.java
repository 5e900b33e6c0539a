// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.integrity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.xenledger.ledger.SealTable.Seal;

/** Reads the seals in the order of their numbers, a page at a time. */
public final class SealScan {
    private static final String PAGE = """
            SELECT number, last_index, row_count, sealed_at, hash FROM seal
            WHERE number > ? AND number <= ? ORDER BY number FETCH FIRST 1000 ROWS ONLY""";

    private final Connection connection;
    private final long upTo;
    private final Deque<Seal> page = new ArrayDeque<>();
    private long last;

    /** Reads the seals after one number and up to another. */
    public SealScan(Connection connection, long after, long upTo) throws SQLException {
        this.connection = connection;
        this.last = after;
        this.upTo = upTo;
        fill();
    }

    /** The seal that {@link #next} returns next; null at the end. */
    public Seal peek() {
        return page.peek();
    }

    public Seal next() throws SQLException {
        Seal seal = page.remove();
        if (page.isEmpty()) {
            fill();
        }
        return seal;
    }

    private void fill() throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(PAGE)) {
            select.setLong(1, last);
            select.setLong(2, upTo);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    page.add(seal(row));
                }
            }
        }
        if (!page.isEmpty()) {
            last = page.getLast().number();
        }
    }

    private static Seal seal(ResultSet row) throws SQLException {
        return new Seal(row.getLong(1), row.getLong(2), row.getLong(3), row.getString(4), row.getBytes(5));
    }
}
