// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.domain.event.RecordedEvent;
import org.xenledger.domain.state.DomainState;

/**
 * Appends events, for the transaction whose turn it is to write: so the order of the global index is the order of the
 * commits and has no gaps, and what is rolled back never had a number.
 */
final class Journal {
    /** The engine's metadata; nothing is kept there that the payload does not say. */
    private static final byte[] NO_METADATA = "{}".getBytes(US_ASCII);

    private static final int MOST_TAILS = 4096;

    @SuppressWarnings("ArrayRecordComponent")
    private record Tail(long sequence, byte[] hash) {}

    /** An event in the form of its row, but for its place. */
    record Encoded(NewEvent event, EventRow row) {}

    private final EventCodec codec;
    private final Snapshots snapshots;
    private final GroupSync sync;

    /** The last rows of the streams written most recently; committed rows only. */
    private final Map<String, Tail> tails = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Tail> eldest) {
            return size() > MOST_TAILS;
        }
    };

    private long head;

    Journal(EventCodec codec, Snapshots snapshots, GroupSync sync) {
        this.codec = codec;
        this.snapshots = snapshots;
        this.sync = sync;
        this.head = sync.durablePosition();
    }

    /** Does what needs no turn. */
    Encoded encode(NewEvent added) {
        DomainEvent event = added.event();
        EventRow row = new EventRow(
                0,
                added.stream().value(),
                added.sequence(),
                added.id(),
                codec.kindOf(event),
                codec.revisionOf(event),
                Times.text(event.by().at()),
                codec.encode(event),
                NO_METADATA,
                null);
        return new Encoded(added, row);
    }

    Batch begin() {
        return new Batch();
    }

    /** What one transaction appends; it counts from {@link #committed} on. */
    final class Batch {
        private final List<RecordedEvent> events = new ArrayList<>();
        private final List<GroupSync.Row> rows = new ArrayList<>();
        private final Map<String, Tail> ownTails = new HashMap<>();

        private Batch() {}

        void append(Connection connection, List<Encoded> added) throws SQLException {
            List<EventTable.Entry> entries = new ArrayList<>(added.size());
            for (Encoded encoded : added) {
                entries.add(new EventTable.Entry(
                        place(connection, encoded), encoded.event().event()));
            }
            EventTable.insert(connection, entries);
            for (int i = 0; i < entries.size(); i++) {
                DomainState after = added.get(i).event().after();
                if (after != null) {
                    snapshots.keep(connection, after, entries.get(i).row().globalIndex());
                }
            }
        }

        /** Gives a row its number and its hash. */
        private EventRow place(Connection connection, Encoded encoded) throws SQLException {
            NewEvent event = encoded.event();
            EventRow row = encoded.row();
            byte[] hash = RowHash.of(previousHash(connection, row.stream(), row.sequence()), row);
            long index = head + events.size() + 1;
            ownTails.put(row.stream(), new Tail(row.sequence(), hash));
            rows.add(new GroupSync.Row(index, hash));
            events.add(new RecordedEvent(index, event.stream(), event.sequence(), event.id(), event.event()));
            return row.placed(index, hash);
        }

        List<RecordedEvent> events() {
            return List.copyOf(events);
        }

        void committed() {
            head += events.size();
            tails.putAll(ownTails);
            sync.committed(rows);
        }

        private byte[] previousHash(Connection connection, String stream, long sequence) throws SQLException {
            if (sequence == 0) {
                return RowHash.none();
            }
            Tail tail = ownTails.getOrDefault(stream, tails.get(stream));
            if (tail != null && tail.sequence() == sequence - 1) {
                return tail.hash();
            }
            return EventTable.hash(connection, stream, sequence - 1)
                    .orElseThrow(() -> new LedgerException(
                            "the history of " + stream + " has no event " + (sequence - 1) + " to follow on"));
        }
    }
}
