// SPDX-License-Identifier: Apache-2.0
package org.xenledger.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.ledger.EventCodec;
import org.xenledger.ledger.StoreLocation;

/** Rows for the event table by plain JDBC: made beforehand, with no chain, no seal and no engine, but with the sync. */
final class PlainRows implements AutoCloseable {
    private static final String INSERT = """
            INSERT INTO event (global_index, stream, sequence, event_id, kind, revision, occurred_at, payload, metadata,
                hash, device, operation, actor, host)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    @SuppressWarnings("ArrayRecordComponent")
    private record Row(String id, String kind, String at, byte[] payload) {}

    private final AtomicLong index = new AtomicLong();

    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<Connection> mine = new ThreadLocal<>();

    private final List<Row> rows;
    private final String url;
    private final GroupCheckpoint checkpoint;
    private final Connection anchor;

    private PlainRows(String url, List<Row> rows) throws SQLException {
        this.url = url;
        this.rows = rows;
        this.anchor = DriverManager.getConnection(url);
        this.checkpoint = new GroupCheckpoint(anchor);
    }

    static PlainRows open(Path directory, List<DomainEvent> events) throws SQLException {
        Benchmarks.open(directory).close();
        EventCodec codec = new EventCodec();
        List<Row> rows = events.stream()
                .map(event -> new Row(
                        UUID.randomUUID().toString(),
                        codec.kindOf(event),
                        event.by().at().toString(),
                        codec.encode(event)))
                .toList();
        return new PlainRows(StoreLocation.ofDirectory(directory).url(), rows);
    }

    void insert(int stream, int first, int count) throws SQLException {
        Connection connection = connection();
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (int i = first; i < first + count; i++) {
                Row row = rows.get(i);
                insert.setLong(1, index.incrementAndGet());
                insert.setString(2, Events.stream(stream).value());
                insert.setLong(3, i);
                insert.setString(4, row.id());
                insert.setString(5, row.kind());
                insert.setInt(6, 1);
                insert.setString(7, row.at());
                insert.setBytes(8, row.payload());
                insert.setBytes(9, new byte[2]);
                insert.setBytes(10, new byte[32]);
                insert.setString(11, "vbd/51712");
                insert.setString(12, null);
                insert.setString(13, "root");
                insert.setString(14, "xen0");
                insert.addBatch();
            }
            insert.executeBatch();
        }
        connection.commit();
        checkpoint.await();
    }

    /** A thread's own; it goes with the database. */
    private Connection connection() throws SQLException {
        if (mine.get() == null) {
            mine.set(DriverManager.getConnection(url));
            mine.get().setAutoCommit(false);
        }
        return mine.get();
    }

    @Override
    public void close() throws SQLException {
        try (var statement = anchor.createStatement()) {
            statement.execute("SHUTDOWN");
        }
    }
}
