// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The seal table: the one place that knows its SQL. */
public final class SealTable {
    private static final String INSERT =
            "INSERT INTO seal (number, last_index, row_count, sealed_at, hash) VALUES (?, ?, ?, ?, ?)";
    private static final String COLUMNS = "SELECT number, last_index, row_count, sealed_at, hash FROM seal ";
    private static final String LAST = COLUMNS + "ORDER BY number DESC FETCH FIRST ROW ONLY";
    private static final String NUMBERED = COLUMNS + "WHERE number = ?";

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

    /** The seal with a number; what stands before the first one has the number 0. */
    public static Optional<Seal> numbered(Connection connection, long number) throws SQLException {
        if (number == 0) {
            return Optional.of(Seal.none());
        }
        try (PreparedStatement select = connection.prepareStatement(NUMBERED)) {
            select.setLong(1, number);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(seal(row)) : Optional.empty();
            }
        }
    }

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
            return row.next() ? seal(row) : Seal.none();
        }
    }

    private static Seal seal(ResultSet row) throws SQLException {
        return new Seal(row.getLong(1), row.getLong(2), row.getLong(3), row.getString(4), row.getBytes(5));
    }
}
