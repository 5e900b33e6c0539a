// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.xenledger.domain.RecordedEvent;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.state.DomainState;
import org.xenledger.domain.state.Evolution;

/**
 * Reads a ledger: by plain JDBC and the one fold, with no engine to start. Over a ledger that is being written it sees
 * what is durable, and nothing else.
 */
public final class LedgerReader {
    private static final int PAGE = 500;

    private interface Bound {
        long upTo(Connection connection) throws SQLException;
    }

    private final Connections connections;
    private final EventCodec codec;
    private final Snapshots snapshots = new Snapshots();
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

    /** The states of all streams now. */
    public SortedMap<StreamId, DomainState> states() {
        SortedMap<StreamId, DomainState> states = new TreeMap<>();
        streams().forEach(stream -> states.put(stream, state(stream)));
        return states;
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
