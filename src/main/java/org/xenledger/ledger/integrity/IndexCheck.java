// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.integrity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.xenledger.ledger.Damage;

/**
 * Compares each index of H2 with its table: how many rows both have, and which. A kill while several threads write may
 * leave an index with an entry too many or too few, of which the database itself knows nothing.
 */
final class IndexCheck {
    /** Primary keys of one integer are the table itself, so there is nothing to compare. */
    private static final String INDEXES = """
            SELECT i.table_name, i.index_name,
                LISTAGG('"' || c.column_name || '"', ',') WITHIN GROUP (ORDER BY c.ordinal_position) AS columns
            FROM information_schema.indexes i JOIN information_schema.index_columns c
                ON c.index_schema = i.index_schema AND c.index_name = i.index_name AND c.table_name = i.table_name
            WHERE i.table_schema = 'PUBLIC' AND i.index_class <> 'org.h2.mvstore.db.MVDelegateIndex'
            GROUP BY i.table_name, i.index_name ORDER BY i.table_name, i.index_name""";

    /** The hashes make the engine walk the index: a bare count would be a look at its size. */
    private static final String DIGEST = """
            SELECT COUNT(*), SUM(ORA_HASH(CONCAT_WS('/', _ROWID_, %1$s))),
                SUM(ORA_HASH(CONCAT_WS('/', _ROWID_, %1$s), 4294967295, 1))
            FROM "%2$s" USE INDEX (%3$s)""";

    private static final String TABLES = """
            SELECT table_name FROM information_schema.tables
            WHERE table_schema = 'PUBLIC' AND table_type = 'BASE TABLE' ORDER BY table_name""";

    private IndexCheck() {}

    record Index(String table, String name, String columns) {
        /** How to ask the table itself, in an order of its own, for what the index should hold. */
        String overTable() {
            return DIGEST.formatted(columns, table, "");
        }

        String overIndex() {
            return DIGEST.formatted(columns, table, '"' + name + '"');
        }
    }

    static List<String> tables(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(TABLES);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                tables.add(row.getString(1));
            }
        }
        return tables;
    }

    static List<Index> indexes(Connection connection) throws SQLException {
        List<Index> indexes = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(INDEXES);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                indexes.add(new Index(row.getString(1), row.getString(2), row.getString(3)));
            }
        }
        return indexes;
    }

    /** What is wrong with the indexes of each table, in one sentence; a table that is in order is not in it. */
    static Map<String, String> damaged(Connection connection) throws SQLException {
        Map<String, String> damaged = new TreeMap<>();
        for (Index index : indexes(connection)) {
            if (!agrees(connection, index)) {
                damaged.put(
                        index.table(),
                        "the index " + index.name() + " of the table " + index.table()
                                + " does not have the rows that the table has");
            }
        }
        return damaged;
    }

    /** A read that fails on a damaged file is a disagreement too; one that fails for another reason says nothing. */
    private static boolean agrees(Connection connection, Index index) throws SQLException {
        try {
            return digest(connection, index.overTable()).equals(digest(connection, index.overIndex()));
        } catch (SQLException e) {
            if (Damage.shownBy(e)) {
                return false;
            }
            throw e;
        }
    }

    private static List<String> digest(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return List.of(row.getString(1), String.valueOf(row.getString(2)), String.valueOf(row.getString(3)));
        }
    }
}
