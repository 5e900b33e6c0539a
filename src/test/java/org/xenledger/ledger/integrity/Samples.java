// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.integrity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.h2.engine.SessionLocal;
import org.h2.index.Index;
import org.h2.jdbc.JdbcConnection;
import org.h2.result.Row;
import org.h2.table.Table;
import org.h2.value.ValueBigint;
import org.xenledger.domain.AnyEvents;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.ledger.LedgerTransaction;
import org.xenledger.ledger.Ledgers;
import org.xenledger.ledger.NewEvent;
import org.xenledger.ledger.OpenLedger;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.StoreLocation;

/** Ledgers to look into, written by the real writer: two events to a commit, streams taking turns, a seal for each. */
public final class Samples {
    private Samples() {}

    /** Makes a ledger with so many streams of so many events each. */
    public static StoreLocation write(StoreLocation location, int streams, int events) {
        List<List<DomainEvent>> histories = new ArrayList<>();
        for (int stream = 0; stream < streams; stream++) {
            histories.add(AnyEvents.history(stream + 1, events));
        }
        write(location, histories);
        return location;
    }

    /** Makes a ledger of these histories, or appends to one that has others. */
    public static void write(StoreLocation location, List<List<DomainEvent>> histories) {
        try (OpenLedger ledger = new OpenLedger(Ledgers.open(location), Ledgers.CLOCK)) {
            int longest = histories.stream().mapToInt(List::size).max().orElse(0);
            for (int from = 0; from < longest; from += 2) {
                for (int stream = 0; stream < histories.size(); stream++) {
                    List<DomainEvent> history = histories.get(stream);
                    append(ledger, Ledgers.stream(stream), from, history);
                }
            }
        }
    }

    private static void append(OpenLedger ledger, StreamId stream, int from, List<DomainEvent> history) {
        LedgerTransaction transaction = ledger.transactions().begin();
        try {
            List<NewEvent> added = new ArrayList<>();
            for (int sequence = from; sequence < Math.min(from + 2, history.size()); sequence++) {
                String id = UUID.nameUUIDFromBytes((stream + "/" + sequence).getBytes(UTF_8))
                        .toString();
                added.add(new NewEvent(stream, sequence, id, history.get(sequence), null));
            }
            transaction.append(added);
            transaction.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            transaction.rollback();
        }
    }

    /** Runs SQL on a closed store, past all that guards it. */
    public static void tamper(StoreLocation location, String... statements) throws SQLException {
        try (Store store = Ledgers.open(location)) {
            for (String sql : statements) {
                Ledgers.execute(store, sql);
            }
        }
    }

    /**
     * Changes the secondary index of a table behind the back of SQL.
     *
     * @param damage {@code missing} takes an entry away, {@code phantom} adds one, {@code exchanged} does both
     */
    public static void damageIndex(StoreLocation location, String table, String damage) throws SQLException {
        try (Store store = Ledgers.open(location);
                Connection connection = store.connect()) {
            SessionLocal session =
                    (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
            Table damaged = session.getDatabase().getMainSchema().getTableOrView(session, table);
            Index primary = damaged.getScanIndex(session);
            Index index = damaged.getIndexes().stream()
                    .filter(any -> any.getClass().getSimpleName().equals("MVSecondaryIndex"))
                    .findFirst()
                    .orElseThrow();
            Row row = primary.getRow(session, 3);
            if (!damage.equals("phantom")) {
                index.remove(session, row);
            }
            if (!damage.equals("missing")) {
                row.setKey(row.getKey() + 1000);
                row.setValue(index.getColumns()[1].getColumnId(), ValueBigint.get(4711));
                index.add(session, row);
            }
            session.commit(false);
        }
    }

    public static String ask(Store store, String sql) throws SQLException {
        try (Connection connection = store.connect();
                Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
