// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.durability;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads every table twice for each of its indexes, once by the rows themselves and once by the index alone, and compares.
 * H2's query plan is looked at too: a comparison of the rows with themselves would show nothing.
 */
final class IndexCheck {
    private static final String INDEXES = """
            SELECT table_name, index_name, LISTAGG(column_name, ', ') WITHIN GROUP (ORDER BY ordinal_position)
            FROM information_schema.index_columns WHERE table_schema = 'PUBLIC' AND table_name <> 'flyway_schema_history'
            GROUP BY table_name, index_name""";

    /** An index, and two queries for what it has: all that they ask for is in the index itself. */
    private record Index(String table, String name, String columns) {
        String byRows() {
            return "SELECT _ROWID_, " + columns + " FROM " + table + " USE INDEX ()";
        }

        String byIndex() {
            return "SELECT _ROWID_, " + columns + " FROM " + table + " USE INDEX (" + name + ") ORDER BY " + columns;
        }
    }

    /** Which rows a query gave: how many, and the sum of their hashes, which no order changes. */
    private record Rows(long count, long sum) {}

    private IndexCheck() {}

    /** Returns how many indexes were compared that are more than the table itself. */
    static int run(Connection connection) throws SQLException {
        int secondary = 0;
        try (Statement statement = connection.createStatement()) {
            for (Index index : indexes(statement)) {
                String byRows = plan(statement, index.byRows());
                String byIndex = plan(statement, index.byIndex());
                assertThat(byRows).contains(".tableScan");
                assertThat(byIndex).contains(index.name()).doesNotContain(".tableScan");
                assertThat(rows(statement, index.byIndex()))
                        .as("%s by %s", index.table(), index.name())
                        .isEqualTo(rows(statement, index.byRows()));
                secondary++;
            }
        }
        return secondary;
    }

    private static List<Index> indexes(Statement statement) throws SQLException {
        List<Index> indexes = new ArrayList<>();
        try (ResultSet row = statement.executeQuery(INDEXES)) {
            while (row.next()) {
                indexes.add(new Index(row.getString(1), row.getString(2), row.getString(3)));
            }
        }
        return indexes;
    }

    private static String plan(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery("EXPLAIN " + query)) {
            row.next();
            return row.getString(1);
        }
    }

    private static Rows rows(Statement statement, String query) throws SQLException {
        long count = 0;
        long sum = 0;
        try (ResultSet row = statement.executeQuery(query)) {
            int columns = row.getMetaData().getColumnCount();
            while (row.next()) {
                long hash = 17;
                for (int column = 1; column <= columns; column++) {
                    hash = hash * 0x9E3779B97F4A7C15L + row.getString(column).hashCode();
                }
                count++;
                sum += hash ^ (hash >>> 32);
            }
        }
        return new Rows(count, sum);
    }
}
