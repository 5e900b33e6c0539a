// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.projection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.event.DeviceEvent;
import org.xenledger.domain.state.DomainState;
import org.xenledger.domain.state.OperationState;
import org.xenledger.ledger.Times;

/** Every operation, ours or others', as its last event left it. */
final class OperationProjection {
    private static final String MERGE = """
            MERGE INTO operation (id, stream, device, direction, origin, actor, outcome, step, started_at, ended_at,
                reason, position)
            KEY (id, stream) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String CLEAR = "DELETE FROM operation";

    private record Key(String id, String stream) {}

    private record Row(DeviceKey device, OperationState operation, long position) {}

    private final Map<Key, Row> touched = new HashMap<>();

    void apply(long position, DeviceEvent event, DomainState after) {
        OperationState operation = after.incarnation(event.incarnation())
                .orElseThrow()
                .devices()
                .get(event.device())
                .operation();
        if (operation != null) {
            touched.put(new Key(operation.id(), after.id().value()), new Row(event.device(), operation, position));
        }
    }

    void write(Connection connection) throws SQLException {
        try (PreparedStatement merge = connection.prepareStatement(MERGE)) {
            for (Map.Entry<Key, Row> entry : touched.entrySet()) {
                bind(merge, entry.getKey(), entry.getValue());
                merge.addBatch();
            }
            merge.executeBatch();
        }
        touched.clear();
    }

    void forget() {
        touched.clear();
    }

    static void clear(Connection connection) throws SQLException {
        try (Statement delete = connection.createStatement()) {
            delete.execute(CLEAR);
        }
    }

    private static void bind(PreparedStatement merge, Key key, Row row) throws SQLException {
        OperationState operation = row.operation();
        merge.setString(1, key.id());
        merge.setString(2, key.stream());
        merge.setString(3, row.device().toString());
        merge.setString(4, operation.direction().name());
        merge.setString(5, operation.origin().name());
        merge.setString(6, operation.actor());
        merge.setString(7, operation.outcome().name());
        merge.setString(8, operation.step());
        merge.setString(9, Times.text(operation.started()));
        merge.setString(10, operation.ended() == null ? null : Times.text(operation.ended()));
        merge.setString(11, operation.reason());
        merge.setLong(12, row.position());
    }
}
