// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.command.DomainCommand;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.domain.state.DomainState;
import org.xenledger.domain.state.Evolution;

/** What the tests of ledgers share: stores in memory, a clock, a command, and a check of both chains. */
public final class Ledgers {
    public static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T10:00:00Z"), ZoneOffset.UTC);

    private static final AtomicInteger STORES = new AtomicInteger();

    private Ledgers() {}

    /** Appends what it is told to. */
    public record Append(StreamId stream, List<DomainEvent> events) implements DomainCommand {
        @Override
        public List<DomainEvent> decide(DomainState state) {
            return events;
        }
    }

    /** Stands for the disk. */
    public interface Disk {
        void sync() throws IOException;
    }

    public static StoreLocation inMemory() {
        return StoreLocation.parse("jdbc:h2:mem:ledger" + STORES.incrementAndGet() + ";DB_CLOSE_DELAY=-1");
    }

    public static Store open(StoreLocation location) {
        return Store.openForWriting(location, Store.PATIENCE);
    }

    public static OpenLedger over(Store store, Disk disk) {
        return new OpenLedger(store, CLOCK, disk::sync);
    }

    public static StreamId stream(int number) {
        return StreamId.ofUuid("00000000-0000-0000-0000-%012d".formatted(number));
    }

    public static DomainState fold(StreamId stream, List<DomainEvent> events) {
        DomainState state = DomainState.unknown(stream);
        for (DomainEvent event : events) {
            state = Evolution.evolve(state, event);
        }
        return state;
    }

    public static void execute(Store store, String sql) {
        store.read(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    public static long count(Store store, String table) {
        return store.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT COUNT(*) FROM " + table);
                    ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    /** Computes every hash again; returns how many events there are. */
    public static long checkChains(Store store) {
        return store.read(connection -> {
            List<EventRow> rows = EventTable.after(connection, 0, Long.MAX_VALUE, Integer.MAX_VALUE);
            Map<String, EventRow> last = new HashMap<>();
            long index = 0;
            for (EventRow row : rows) {
                assertThat(row.globalIndex()).isEqualTo(++index);
                EventRow previous = last.put(row.stream(), row);
                assertThat(row.sequence()).isEqualTo(previous == null ? 0 : previous.sequence() + 1);
                assertThat(row.hash()).isEqualTo(RowHash.of(previous == null ? RowHash.none() : previous.hash(), row));
            }
            checkSeals(connection, rows);
            return (long) rows.size();
        });
    }

    private static void checkSeals(Connection connection, List<EventRow> rows) throws SQLException {
        Iterator<EventRow> unsealed = rows.iterator();
        byte[] previous = RowHash.none();
        long index = 0;
        try (PreparedStatement select = connection.prepareStatement("SELECT * FROM seal ORDER BY number");
                ResultSet seal = select.executeQuery()) {
            for (long number = 1; seal.next(); number++) {
                assertThat(seal.getLong("number")).isEqualTo(number);
                SealHash hash = new SealHash(previous, index);
                while (hash.lastIndex() < seal.getLong("last_index")) {
                    EventRow row = unsealed.next();
                    hash.add(row.globalIndex(), row.hash());
                }
                assertThat(hash.count()).isEqualTo(seal.getLong("row_count"));
                index = hash.lastIndex();
                previous = hash.finish(seal.getString("sealed_at"));
                assertThat(seal.getBytes("hash")).isEqualTo(previous);
            }
        }
        assertThat(unsealed.hasNext()).isFalse();
    }
}
