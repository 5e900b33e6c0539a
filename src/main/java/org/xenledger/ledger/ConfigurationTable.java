// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xenledger.domain.state.DomainState;
import org.xenledger.domain.state.IncarnationState;

/**
 * The configuration table: the last state of every stream. It says itself how far it goes. The global index has no gaps,
 * so the versions of all states add up to the position of the last event in them, as long as no row is missing or old.
 */
public final class ConfigurationTable {
    private static final String ALL = "SELECT stream, position, state FROM configuration";
    private static final String ONE = ALL + " WHERE stream = ?";
    private static final String MERGE = """
            MERGE INTO configuration (stream, host, domid, name, running, version, position, state)
            KEY (stream) VALUES (?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String EXTENT = """
            SELECT COALESCE(MAX(position), 0),
                COALESCE(SUM(CASE WHEN SUBSTRING(state FROM 1 FOR 1) IN (?, X'') THEN version ELSE 0 END), 0)
            FROM configuration""";
    private static final String CLEAR = "DELETE FROM configuration";

    /** What the column holds; of a larger state only the rest of the row is kept. */
    private static final int MOST_BYTES = 1 << 20;

    private final StateCodec codec = new StateCodec();

    /**
     * A row, or what is to become one.
     *
     * @param position the global index of the last event in the state
     * @param state null where the row's cannot be read: too large to be kept, of another format, or damaged
     */
    public record Row(String stream, long position, DomainState state) {}

    /** The global index up to which every event is in the rows; 0 when they do not fit together. */
    public long position(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(EXTENT)) {
            select.setBytes(1, new byte[] {StateCodec.FORMAT});
            try (ResultSet row = select.executeQuery()) {
                row.next();
                long last = row.getLong(1);
                return row.getLong(2) == last ? last : 0;
            }
        }
    }

    public List<Row> all(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ALL);
                ResultSet row = select.executeQuery()) {
            List<Row> rows = new ArrayList<>();
            while (row.next()) {
                rows.add(row(row));
            }
            return rows;
        }
    }

    /** The state of a stream; empty where there is none that can be read. */
    public Optional<DomainState> find(Connection connection, String stream) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ONE)) {
            select.setString(1, stream);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.ofNullable(row(row).state()) : Optional.empty();
            }
        }
    }

    public void merge(Connection connection, List<Row> rows) throws SQLException {
        try (PreparedStatement merge = connection.prepareStatement(MERGE)) {
            for (Row row : rows) {
                bind(merge, row);
                merge.addBatch();
            }
            merge.executeBatch();
        }
    }

    public static void clear(Connection connection) throws SQLException {
        try (Statement delete = connection.createStatement()) {
            delete.execute(CLEAR);
        }
    }

    private void bind(PreparedStatement merge, Row row) throws SQLException {
        DomainState state = row.state();
        byte[] bytes = codec.encode(state);
        merge.setString(1, row.stream());
        merge.setObject(2, state.current().map(life -> life.host().host()).orElse(null));
        merge.setObject(3, state.current().map(life -> life.domid()).orElse(null));
        Optional<IncarnationState> life = state.current().flatMap(state::incarnation);
        merge.setObject(4, life.map(IncarnationState::name).orElse(null));
        merge.setBoolean(5, life.map(IncarnationState::running).orElse(false));
        merge.setLong(6, state.version());
        merge.setLong(7, row.position());
        merge.setBytes(8, bytes.length > MOST_BYTES ? new byte[0] : bytes);
    }

    private Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getString(1), row.getLong(2), codec.decode(row.getBytes(3)).orElse(null));
    }
}
