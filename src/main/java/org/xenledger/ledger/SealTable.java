// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The seal table: the one place that knows its SQL. */
public final class SealTable {
    private static final String INSERT =
            "INSERT INTO seal (number, last_index, row_count, sealed_at, hash) VALUES (?, ?, ?, ?, ?)";
    private static final String LAST = """
            SELECT number, last_index, row_count, sealed_at, hash FROM seal
            ORDER BY number DESC FETCH FIRST ROW ONLY""";

    /**
     * A seal: all rows up to {@code lastIndex} were committed then.
     *
     * @param number from 1, without gaps; 0 for what stands before the first
     * @param count how many rows are new in it
     * @param hash {@link SealHash}
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Seal(long number, long lastIndex, long count, String sealedAt, byte[] hash) {
        /** What the first seal follows on. */
        public static Seal none() {
            return new Seal(0, 0, 0, "", RowHash.none());
        }
    }

    private SealTable() {}

    public static void insert(Connection connection, Seal seal) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setLong(1, seal.number());
            insert.setLong(2, seal.lastIndex());
            insert.setLong(3, seal.count());
            insert.setString(4, seal.sealedAt());
            insert.setBytes(5, seal.hash());
            insert.executeUpdate();
        }
    }

    /** The last seal, or {@link Seal#none}. */
    public static Seal last(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(LAST);
                ResultSet row = select.executeQuery()) {
            return row.next()
                    ? new Seal(row.getLong(1), row.getLong(2), row.getLong(3), row.getString(4), row.getBytes(5))
                    : Seal.none();
        }
    }
}
