// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.xenledger.domain.event.DomainEvent;

/** The event table: the one place that knows its SQL. Rows are inserted and read, never changed. */
public final class EventTable {
    private static final String INSERT = """
            INSERT INTO event (global_index, stream, sequence, event_id, kind, revision, occurred_at, payload, metadata,
                hash, device, operation, actor, host)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String COLUMNS = """
            SELECT global_index, stream, sequence, event_id, kind, revision, occurred_at, payload, metadata, hash
            FROM event
            """;
    private static final String OF_STREAM =
            COLUMNS + "WHERE stream = ? AND sequence >= ? ORDER BY sequence FETCH FIRST ? ROWS ONLY";
    private static final String AFTER =
            COLUMNS + "WHERE global_index > ? AND global_index <= ? ORDER BY global_index FETCH FIRST ? ROWS ONLY";
    private static final String PAYLOADS = """
            SELECT global_index, stream, sequence, kind, revision, payload FROM event
            WHERE global_index > ? AND global_index <= ? ORDER BY global_index FETCH FIRST ? ROWS ONLY""";
    private static final String FOUND = COLUMNS + """
            WHERE stream = ? AND global_index <= ? AND (? IS NULL OR device = ?) AND (? IS NULL OR operation = ?)
                AND (? IS NULL OR actor = ?) AND (? IS NULL OR occurred_at >= ?) AND (? IS NULL OR occurred_at <= ?)
            ORDER BY sequence""";
    private static final String HASH = "SELECT hash FROM event WHERE stream = ? AND sequence = ?";
    private static final String HEAD = "SELECT MAX(global_index) FROM event";
    private static final String LAST_SEQUENCE = "SELECT MAX(sequence) FROM event WHERE stream = ?";
    private static final String LAST_AT = """
            SELECT global_index FROM event WHERE stream = ? AND occurred_at <= ?
            ORDER BY sequence DESC FETCH FIRST ROW ONLY""";
    private static final String FIRST_AT = "SELECT MIN(global_index) FROM event WHERE occurred_at >= ?";
    private static final String NEXT_STREAM = "SELECT MIN(stream) FROM event WHERE stream > ?";

    private EventTable() {}

    /** A row with the event that its search columns are taken from. */
    public record Entry(EventRow row, DomainEvent event) {}

    /** What of a row a fold needs. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Payload(long globalIndex, String stream, long sequence, String kind, int revision, byte[] payload) {}

    public static void insert(Connection connection, List<Entry> entries) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (Entry entry : entries) {
                EventRow row = entry.row();
                insert.setLong(1, row.globalIndex());
                insert.setString(2, row.stream());
                insert.setLong(3, row.sequence());
                insert.setString(4, row.eventId());
                insert.setString(5, row.kind());
                insert.setInt(6, row.revision());
                insert.setString(7, row.occurredAt());
                insert.setBytes(8, row.payload());
                insert.setBytes(9, row.metadata());
                insert.setBytes(10, row.hash());
                SearchColumns search = SearchColumns.of(entry.event());
                insert.setString(11, search.device());
                insert.setString(12, search.operation());
                insert.setString(13, search.actor());
                insert.setString(14, search.host());
                if (entries.size() == 1) {
                    insert.executeUpdate();
                } else {
                    insert.addBatch();
                }
            }
            if (entries.size() > 1) {
                insert.executeBatch();
            }
        }
    }

    /** At most {@code limit} rows of a stream, from a sequence number on. */
    public static List<EventRow> ofStream(Connection connection, String stream, long from, int limit)
            throws SQLException {
        return rows(connection, OF_STREAM, stream, from, limit);
    }

    /** At most {@code limit} rows of all streams, after one global index and up to another. */
    public static List<EventRow> after(Connection connection, long index, long upTo, int limit) throws SQLException {
        return rows(connection, AFTER, index, upTo, limit);
    }

    /** As {@link #after}, with nothing but what a fold needs. */
    public static List<Payload> payloads(Connection connection, long index, long upTo, int limit) throws SQLException {
        try (PreparedStatement select = prepare(connection, PAYLOADS, index, upTo, limit);
                ResultSet row = select.executeQuery()) {
            List<Payload> payloads = new ArrayList<>();
            while (row.next()) {
                payloads.add(new Payload(
                        row.getLong(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getString(4),
                        row.getInt(5),
                        row.getBytes(6)));
            }
            return payloads;
        }
    }

    /** The rows of a stream that a filter lets through, up to a global index. */
    static List<EventRow> found(Connection connection, String stream, long upTo, HistoryFilter filter)
            throws SQLException {
        String device = filter.device() == null ? null : filter.device().toString();
        String since = filter.since() == null ? null : Times.text(filter.since());
        String until = filter.until() == null ? null : Times.text(filter.until());
        return rows(
                connection,
                FOUND,
                stream,
                upTo,
                device,
                device,
                filter.operation(),
                filter.operation(),
                filter.actor(),
                filter.actor(),
                since,
                since,
                until,
                until);
    }

    static Optional<byte[]> hash(Connection connection, String stream, long sequence) throws SQLException {
        try (PreparedStatement select = prepare(connection, HASH, stream, sequence);
                ResultSet row = select.executeQuery()) {
            return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
        }
    }

    /** The last global index; 0 in an empty ledger. */
    public static long head(Connection connection) throws SQLException {
        return number(connection, HEAD).orElse(0);
    }

    public static OptionalLong lastSequence(Connection connection, String stream) throws SQLException {
        return number(connection, LAST_SEQUENCE, stream);
    }

    /** The global index of the last event in a stream that is not after a moment. */
    static OptionalLong lastAt(Connection connection, String stream, String moment) throws SQLException {
        return number(connection, LAST_AT, stream, moment);
    }

    /** The first global index whose event is not before a moment. */
    public static OptionalLong firstAt(Connection connection, String moment) throws SQLException {
        return number(connection, FIRST_AT, moment);
    }

    /** All streams, by hops through the index from one to the next. */
    static List<String> streams(Connection connection) throws SQLException {
        List<String> streams = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(NEXT_STREAM)) {
            for (String last = ""; last != null; ) {
                select.setString(1, last);
                try (ResultSet row = select.executeQuery()) {
                    last = row.next() ? row.getString(1) : null;
                }
                if (last != null) {
                    streams.add(last);
                }
            }
        }
        return streams;
    }

    private static OptionalLong number(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement select = prepare(connection, sql, parameters);
                ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                return OptionalLong.empty();
            }
            long number = row.getLong(1);
            return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
        }
    }

    private static List<EventRow> rows(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement select = prepare(connection, sql, parameters);
                ResultSet row = select.executeQuery()) {
            List<EventRow> rows = new ArrayList<>();
            while (row.next()) {
                rows.add(new EventRow(
                        row.getLong(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getString(4),
                        row.getString(5),
                        row.getInt(6),
                        row.getString(7),
                        row.getBytes(8),
                        row.getBytes(9),
                        row.getBytes(10)));
            }
            return rows;
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }
}
