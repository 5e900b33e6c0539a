// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.event.RecordedEvent;
import org.xenledger.domain.state.DomainState;
import org.xenledger.domain.state.Evolution;

/**
 * Reads a ledger: by plain JDBC and the one fold, with no engine to start. Over a ledger that is being written it sees
 * what is durable, and nothing else.
 */
public final class LedgerReader {
    private static final int PAGE = 500;

    /** Behind by more than this the projection spares nothing: each history is folded from its own snapshot. */
    private static final int FAR_BEHIND = 10_000;

    private interface Bound {
        long upTo(Connection connection) throws SQLException;
    }

    private final Connections connections;
    private final EventCodec codec;
    private final Snapshots snapshots = new Snapshots();
    private final ConfigurationTable configurations = new ConfigurationTable();
    private final Bound bound;

    /** Reads a store that nobody writes. */
    public LedgerReader(Store store) {
        this(store.connections(), new EventCodec(), EventTable::head);
    }

    /** Reads a store that is being written, up to what is durable. */
    LedgerReader(Store store, EventCodec codec, GroupSync sync) {
        this(store.connections(), codec, connection -> sync.durablePosition());
    }

    private LedgerReader(Connections connections, EventCodec codec, Bound bound) {
        this.connections = connections;
        this.codec = codec;
        this.bound = bound;
    }

    /** The last global index; 0 in an empty ledger. */
    public long head() {
        return read(bound::upTo);
    }

    /** All streams that have events, in order. */
    public List<StreamId> streams() {
        return read(connection ->
                EventTable.streams(connection).stream().map(StreamId::new).toList());
    }

    /**
     * The states of all streams now: from the projection and the events that it does not have yet, or from the histories
     * alone where that is shorter.
     */
    public SortedMap<StreamId, DomainState> states() {
        return read(connection -> {
            long from = configurations.position(connection);
            SortedMap<StreamId, DomainState> states = from == 0 ? new TreeMap<>() : projected(connection);
            long upTo = bound.upTo(connection);
            if (from > upTo || upTo - from > FAR_BEHIND) {
                return folded(connection, upTo);
            }
            advance(connection, states, from, upTo);
            return states;
        });
    }

    /** How many events the projection is behind; all of them where it cannot be used. */
    public long lag() {
        return read(connection -> {
            long projected = configurations.position(connection);
            long upTo = bound.upTo(connection);
            return projected > upTo ? upTo : upTo - projected;
        });
    }

    /** The state now; of a stream without events, that nothing is known. */
    public DomainState state(StreamId stream) {
        return read(connection -> fold(connection, stream, bound.upTo(connection)));
    }

    /** The state after the last event whose global index is not above {@code position}. */
    public DomainState stateAt(StreamId stream, long position) {
        return read(connection -> fold(connection, stream, Math.min(position, bound.upTo(connection))));
    }

    /** The state after the last event that is not later than {@code moment}, by the time that the events carry. */
    public DomainState stateAt(StreamId stream, Instant moment) {
        return read(connection -> {
            long position = EventTable.lastAt(connection, stream.value(), Times.text(moment))
                    .orElse(0);
            return fold(connection, stream, Math.min(position, bound.upTo(connection)));
        });
    }

    /** The events of a stream that a filter lets through, oldest first. */
    public List<RecordedEvent> events(StreamId stream, HistoryFilter filter) {
        return read(connection -> EventTable.found(connection, stream.value(), bound.upTo(connection), filter).stream()
                .map(this::recorded)
                .toList());
    }

    private SortedMap<StreamId, DomainState> folded(Connection connection, long upTo) throws SQLException {
        SortedMap<StreamId, DomainState> states = new TreeMap<>();
        for (String name : EventTable.streams(connection)) {
            StreamId stream = new StreamId(name);
            states.put(stream, fold(connection, stream, upTo));
        }
        return states;
    }

    /** A row without a state that can be read is as good as none: its history is folded. */
    private SortedMap<StreamId, DomainState> projected(Connection connection) throws SQLException {
        SortedMap<StreamId, DomainState> states = new TreeMap<>();
        for (ConfigurationTable.Row row : configurations.all(connection)) {
            StreamId stream = new StreamId(row.stream());
            states.put(stream, row.state() != null ? row.state() : fold(connection, stream, row.position()));
        }
        return states;
    }

    /** Rows may be newer than the position that was read before them; what is in a state already is left out. */
    private void advance(Connection connection, SortedMap<StreamId, DomainState> states, long from, long upTo)
            throws SQLException {
        long position = from;
        List<EventTable.Payload> page;
        do {
            page = EventTable.payloads(connection, position, upTo, PAGE);
            for (EventTable.Payload row : page) {
                StreamId stream = new StreamId(row.stream());
                DomainState state = states.getOrDefault(stream, DomainState.unknown(stream));
                if (row.sequence() >= state.version()) {
                    states.put(stream, Evolution.evolve(state, codec.decode(row)));
                }
                position = row.globalIndex();
            }
        } while (page.size() == PAGE);
    }

    private DomainState fold(Connection connection, StreamId stream, long position) throws SQLException {
        DomainState state =
                snapshots.nearest(connection, stream, position).orElseGet(() -> DomainState.unknown(stream));
        List<EventRow> page;
        do {
            page = EventTable.ofStream(connection, stream.value(), state.version(), PAGE);
            for (EventRow row : page) {
                if (row.globalIndex() > position) {
                    return state;
                }
                state = Evolution.evolve(state, codec.decode(row.kind(), row.revision(), row.payload()));
            }
        } while (page.size() == PAGE);
        return state;
    }

    private RecordedEvent recorded(EventRow row) {
        return new RecordedEvent(
                row.globalIndex(),
                new StreamId(row.stream()),
                row.sequence(),
                row.eventId(),
                codec.decode(row.kind(), row.revision(), row.payload()));
    }

    private <T> T read(Work<T> work) {
        return connections.with(work);
    }
}
