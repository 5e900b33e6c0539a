// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.domain.state.DomainState;
import org.xenledger.domain.state.Evolution;
import org.xenledger.ledger.ConfigurationTable;
import org.xenledger.ledger.LedgerReader;

/** The state of each stream after its last event. */
final class ConfigurationProjection {
    private final LedgerReader reader;
    private final int mostStates;
    private final ConfigurationTable table = new ConfigurationTable();

    /** By stream, the one used longest ago first. */
    private final Map<String, DomainState> states = new LinkedHashMap<>(64, 0.75f, true);

    /** The position of the last event of each stream that has changed since the last write. */
    private final Map<String, Long> touched = new HashMap<>();

    ConfigurationProjection(LedgerReader reader, int mostStates) {
        this.reader = reader;
        this.mostStates = mostStates;
    }

    /** The state after the event. */
    DomainState apply(Connection connection, long position, String stream, long sequence, DomainEvent event)
            throws SQLException {
        DomainState before = states.get(stream);
        if (before == null || before.version() != sequence) {
            before = load(connection, position, stream, sequence);
        }
        DomainState after = Evolution.evolve(before, event);
        states.put(stream, after);
        touched.put(stream, position);
        return after;
    }

    boolean full() {
        return touched.size() >= mostStates;
    }

    void write(Connection connection) throws SQLException {
        List<ConfigurationTable.Row> rows = new ArrayList<>();
        touched.forEach(
                (stream, position) -> rows.add(new ConfigurationTable.Row(stream, position, states.get(stream))));
        table.merge(connection, rows);
        touched.clear();
        Iterator<DomainState> oldest = states.values().iterator();
        while (states.size() > mostStates) {
            oldest.next();
            oldest.remove();
        }
    }

    void forget() {
        states.clear();
        touched.clear();
    }

    /** The state before an event. A row that cannot be it, too large to be kept or of another time, is made good. */
    private DomainState load(Connection connection, long position, String stream, long sequence) throws SQLException {
        StreamId id = new StreamId(stream);
        if (sequence == 0) {
            return DomainState.unknown(id);
        }
        return table.find(connection, stream)
                .filter(state -> state.version() == sequence)
                .orElseGet(() -> reader.stateAt(id, position - 1));
    }
}
