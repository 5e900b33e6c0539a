// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.event.DeviceEvent;
import org.xenledger.domain.state.DomainState;
import org.xenledger.domain.state.Evolution;
import org.xenledger.domain.state.IncarnationState;
import org.xenledger.domain.state.OperationState;
import org.xenledger.ledger.ConfigurationTable;
import org.xenledger.ledger.NewEvent;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.Times;

/** What is in the projections' tables, and what should be. */
public final class Tables {
    private static final String CONFIGURATIONS =
            "SELECT stream, host, domid, name, running, version, position FROM configuration ORDER BY stream";
    private static final String OPERATIONS = """
            SELECT id, stream, device, direction, origin, actor, outcome, step, started_at, ended_at, reason, position
            FROM operation""";

    private Tables() {}

    /** Both tables and the token are what these events, the whole ledger, add up to. */
    public static void agree(Store store, List<NewEvent> events) {
        store.read(connection -> {
            assertThat(states(connection)).isEqualTo(Histories.fold(events));
            assertThat(rows(connection, CONFIGURATIONS)).isEqualTo(configurations(events));
            assertThat(rows(connection, OPERATIONS)).containsExactlyInAnyOrderElementsOf(operations(events));
            assertThat(ProjectionToken.isAt(connection, events.size())).isTrue();
            return null;
        });
    }

    /** How far rows and token go, which must be equally far. */
    public static long position(Store store) {
        return store.read(connection -> {
            long position = new ConfigurationTable().position(connection);
            assertThat(ProjectionToken.isAt(connection, position))
                    .as("the token is at %d", position)
                    .isTrue();
            return position;
        });
    }

    static List<String> rows(Store store, String sql) {
        return store.read(connection -> rows(connection, sql));
    }

    private static Map<StreamId, DomainState> states(Connection connection) throws SQLException {
        Map<StreamId, DomainState> states = new TreeMap<>();
        for (ConfigurationTable.Row row : new ConfigurationTable().all(connection)) {
            states.put(new StreamId(row.stream()), row.state());
        }
        return states;
    }

    private static List<String> configurations(List<NewEvent> events) {
        Map<StreamId, Long> last = new HashMap<>();
        long position = 0;
        for (NewEvent event : events) {
            last.put(event.stream(), ++position);
        }
        List<String> rows = new ArrayList<>();
        Histories.fold(events).forEach((stream, state) -> {
            var life = state.current();
            var known = life.flatMap(state::incarnation);
            rows.add(line(
                    stream,
                    life.map(l -> l.host().host()).orElse(null),
                    life.map(l -> l.domid()).orElse(null),
                    known.map(IncarnationState::name).orElse(null),
                    known.map(IncarnationState::running).orElse(false) ? "TRUE" : "FALSE",
                    state.version(),
                    last.get(stream)));
        });
        return rows;
    }

    /** One event after the other, each one looked at. */
    private static List<String> operations(List<NewEvent> events) {
        Map<StreamId, DomainState> states = new HashMap<>();
        Map<String, String> rows = new TreeMap<>();
        long position = 0;
        for (NewEvent added : events) {
            position++;
            DomainState state = Evolution.evolve(
                    states.getOrDefault(added.stream(), DomainState.unknown(added.stream())), added.event());
            states.put(added.stream(), state);
            if (added.event() instanceof DeviceEvent step) {
                OperationState operation = state.incarnations()
                        .get(step.incarnation())
                        .devices()
                        .get(step.device())
                        .operation();
                if (operation != null) {
                    rows.put(operation.id() + "|" + added.stream(), operation(added, step, operation, position));
                }
            }
        }
        return List.copyOf(rows.values());
    }

    private static String operation(NewEvent added, DeviceEvent step, OperationState operation, long position) {
        return line(
                operation.id(),
                added.stream(),
                step.device(),
                operation.direction(),
                operation.origin(),
                operation.actor(),
                operation.outcome(),
                operation.step(),
                Times.text(operation.started()),
                operation.ended() == null ? null : Times.text(operation.ended()),
                operation.reason(),
                position);
    }

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            ResultSetMetaData columns = row.getMetaData();
            List<String> rows = new ArrayList<>();
            while (row.next()) {
                String[] values = new String[columns.getColumnCount()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = row.getString(i + 1);
                }
                rows.add(line((Object[]) values));
            }
            return rows;
        }
    }

    private static String line(Object... values) {
        return Stream.of(values).map(String::valueOf).collect(Collectors.joining("|"));
    }
}
