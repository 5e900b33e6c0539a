// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.durability;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.xenledger.domain.StreamId;
import org.xenledger.ledger.EventCodec;
import org.xenledger.ledger.EventRow;
import org.xenledger.ledger.EventTable;
import org.xenledger.ledger.Ledgers;
import org.xenledger.ledger.OpenLedger;
import org.xenledger.ledger.RowHash;
import org.xenledger.ledger.SealHash;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.StoreLocation;

/**
 * Reads a whole store that {@link Writers} have written, row by row: every global index and sequence number is there, every
 * hash and seal is right, every payload is the one that its stream must have, every acknowledged event is at its place,
 * and the tables agree with their indexes.
 */
final class StoreCheck {
    private static final int PAGE = 1000;
    private static final EventCodec CODEC = new EventCodec();

    /** How far a stream has been read. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Tail(long sequence, byte[] hash) {}

    private final Acknowledged acknowledged;
    private final Map<String, Tail> tails = new HashMap<>();
    private long head;
    private int found;

    private StoreCheck(Acknowledged acknowledged) {
        this.acknowledged = acknowledged;
    }

    /** Checks a store as its last writer left it, whose last rows may have no seal yet; returns how many events it has. */
    static long asLeft(StoreLocation location, Acknowledged acknowledged) throws SQLException {
        try (Store store = Store.openForReading(location, Store.PATIENCE)) {
            assertThat(store.loss())
                    .as("the mark of the last seal is never ahead")
                    .isEmpty();
            return new StoreCheck(acknowledged).run(store, false);
        }
    }

    /** Checks a store that is opened to be written on, which seals all rows; returns how many events it has. */
    static long asTakenOver(StoreLocation location, Acknowledged acknowledged) throws SQLException {
        Store store = Store.openForWriting(location, Store.PATIENCE);
        try (OpenLedger ledger = new OpenLedger(store, Ledgers.CLOCK)) {
            long events = new StoreCheck(acknowledged).run(store, true);
            assertThat(ledger.durablePosition()).isEqualTo(events);
            return events;
        }
    }

    private long run(Store store, boolean allSealed) throws SQLException {
        try (Connection connection = store.connect();
                PreparedStatement select = connection.prepareStatement("SELECT * FROM seal ORDER BY number");
                ResultSet seals = select.executeQuery()) {
            Seals sealed = new Seals(seals);
            for (List<EventRow> page = page(connection); !page.isEmpty(); page = page(connection)) {
                for (EventRow row : page) {
                    check(row);
                    sealed.add(row);
                }
            }
            sealed.end(allSealed);
            assertThat(acknowledged.count() - found)
                    .as("acknowledged events that are missing; the ledger ends at %d", head)
                    .isZero();
            IndexCheck.run(connection);
        }
        return head;
    }

    private List<EventRow> page(Connection connection) throws SQLException {
        return EventTable.after(connection, head, Long.MAX_VALUE, PAGE);
    }

    private void check(EventRow row) {
        head++;
        Tail tail = tails.getOrDefault(row.stream(), new Tail(-1, RowHash.none()));
        tails.put(row.stream(), new Tail(row.sequence(), row.hash()));
        byte[] payload =
                CODEC.encode(Continue.history(new StreamId(row.stream())).get((int) row.sequence()));
        if (row.globalIndex() != head
                || row.sequence() != tail.sequence() + 1
                || !Arrays.equals(row.hash(), RowHash.of(tail.hash(), row))
                || !Arrays.equals(row.payload(), payload)) {
            throw new AssertionError("row " + row + " is not what follows on " + tail + " at " + head);
        }
        Acknowledged.Place place = acknowledged.at(head);
        if (place != null) {
            found++;
            assertThat(new Acknowledged.Place(row.stream(), row.sequence())).isEqualTo(place);
        }
    }

    /** The seals, computed again along with the rows. */
    private static final class Seals {
        private final ResultSet seals;
        private SealHash hash = new SealHash(RowHash.none(), 0);
        private long number;
        private boolean more;

        Seals(ResultSet seals) throws SQLException {
            this.seals = seals;
            more = seals.next();
        }

        void add(EventRow row) throws SQLException {
            hash.add(row.globalIndex(), row.hash());
            if (more && seals.getLong("last_index") == row.globalIndex()) {
                assertThat(seals.getLong("number")).isEqualTo(++number);
                assertThat(seals.getLong("row_count")).isEqualTo(hash.count());
                byte[] computed = hash.finish(seals.getString("sealed_at"));
                assertThat(seals.getBytes("hash")).as("seal %d", number).isEqualTo(computed);
                hash = new SealHash(computed, row.globalIndex());
                more = seals.next();
            }
        }

        void end(boolean allSealed) {
            assertThat(more).as("a seal covers rows that are not there").isFalse();
            if (allSealed) {
                assertThat(hash.count()).as("rows without a seal").isZero();
            }
        }
    }
}
