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
import java.util.concurrent.locks.ReentrantLock;
import org.xenledger.domain.RecordedEvent;
import org.xenledger.domain.event.DomainEvent;

/**
 * Appends events. One transaction at a time holds it, from its first event until it is committed or rolled back, so the
 * order of the global index is the order of the commits and has no gaps: what is rolled back never had a number.
 */
final class Journal {
    /** The engine's metadata; nothing is kept there that the payload does not say. */
    private static final byte[] NO_METADATA = "{}".getBytes(US_ASCII);

    private static final int MOST_TAILS = 4096;

    @SuppressWarnings("ArrayRecordComponent")
    private record Tail(long sequence, byte[] hash) {}

    private final EventCodec codec;
    private final GroupSync sync;
    private final ReentrantLock writing = new ReentrantLock();

    /** The last rows of the streams written most recently; committed rows only. */
    private final Map<String, Tail> tails = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Tail> eldest) {
            return size() > MOST_TAILS;
        }
    };

    private long head;

    Journal(EventCodec codec, GroupSync sync) {
        this.codec = codec;
        this.sync = sync;
        this.head = sync.durablePosition();
    }

    /** Waits until no other transaction appends, and makes this thread's the one that does. */
    Batch begin() {
        writing.lock();
        return new Batch();
    }

    /** What one transaction appends; to be ended by {@link #committed} or {@link #discarded}, in the same thread. */
    final class Batch {
        private final List<RecordedEvent> events = new ArrayList<>();
        private final List<EventTable.Entry> unwritten = new ArrayList<>();
        private final List<GroupSync.Row> rows = new ArrayList<>();
        private final Map<String, Tail> ownTails = new HashMap<>();

        private Batch() {}

        void add(Connection connection, NewEvent added) throws SQLException {
            DomainEvent event = added.event();
            String stream = added.stream().value();
            EventRow row = new EventRow(
                    head + events.size() + 1,
                    stream,
                    added.sequence(),
                    added.id(),
                    codec.kindOf(event),
                    codec.revisionOf(event),
                    Times.text(event.by().at()),
                    codec.encode(event),
                    NO_METADATA,
                    null);
            byte[] hash = RowHash.of(previousHash(connection, stream, added.sequence()), row);
            ownTails.put(stream, new Tail(added.sequence(), hash));
            unwritten.add(new EventTable.Entry(row.withHash(hash), event));
            rows.add(new GroupSync.Row(row.globalIndex(), hash));
            events.add(new RecordedEvent(row.globalIndex(), added.stream(), added.sequence(), added.id(), event));
        }

        void flush(Connection connection) throws SQLException {
            EventTable.insert(connection, unwritten);
            unwritten.clear();
        }

        List<RecordedEvent> events() {
            return List.copyOf(events);
        }

        void committed() {
            head += events.size();
            tails.putAll(ownTails);
            sync.committed(rows);
            writing.unlock();
        }

        void discarded() {
            writing.unlock();
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
