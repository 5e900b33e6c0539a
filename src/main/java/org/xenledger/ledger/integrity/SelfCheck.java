// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.integrity;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xenledger.ledger.Damage;
import org.xenledger.ledger.LedgerException;
import org.xenledger.ledger.Progress;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.StoreLocation;

/**
 * What is to be done before a store is used whose last writer did not stop in order: the indexes are compared with their
 * tables, and the end of the chains is checked. What can be made again from the events is emptied when any of it is
 * damaged; a store whose events are damaged takes no more of them.
 */
public final class SelfCheck {
    /** Tables that are made again from the events when they are empty. */
    static final List<String> DERIVED = List.of("CONFIGURATION", "OPERATION", "SNAPSHOT", "TOKEN");

    /** Far more than one process writes between two syncs of a file system. */
    private static final int SEALS = 1000;

    private SelfCheck() {}

    /**
     * Opens a store to write it, and checks it where need be.
     *
     * @throws LedgerException when the store is damaged, or cannot be opened or checked; it is closed then, and checked by
     *     whoever opens it next
     */
    public static Store open(StoreLocation location, Duration patience, Progress progress) {
        Store store = Store.openForWriting(location, patience);
        try {
            if (store.stoppedUncleanly()) {
                run(store, progress);
            }
            return store;
        } catch (RuntimeException e) {
            store.closeUnchecked();
            throw e;
        }
    }

    /**
     * Checks an open store, before anything else uses it.
     *
     * @return the tables that were damaged and have been emptied with all others of their kind; empty when all was well
     * @throws LedgerException when the events are damaged: that is remembered, and the store cannot be opened to write
     *     any more
     */
    public static List<String> run(Store store, Progress progress) {
        try (Connection connection = store.connect()) {
            List<String> damaged = check(store, connection, progress);
            if (!damaged.isEmpty()) {
                empty(connection);
            }
            return damaged;
        } catch (SQLException e) {
            throw new LedgerException("the ledger at " + store.location() + " cannot be checked: " + e.getMessage(), e);
        }
    }

    private static List<String> check(Store store, Connection connection, Progress progress) throws SQLException {
        try {
            Map<String, String> damaged = IndexCheck.damaged(connection);
            Optional<String> events = ofEvents(damaged);
            if (events.isPresent()) {
                throw Damage.mark(store.location(), events.get());
            }
            Verified end = Verification.ofLast(store, SEALS, progress);
            if (!end.valid()) {
                throw Damage.mark(store.location(), end.broken().orElseThrow().reason());
            }
            return List.copyOf(damaged.keySet());
        } catch (SQLException e) {
            if (Damage.shownBy(e)) {
                throw Damage.mark(store.location(), "its file cannot be read to the end");
            }
            throw e;
        }
    }

    /** What is wrong with tables that cannot be made again, in one sentence. */
    private static Optional<String> ofEvents(Map<String, String> damaged) {
        return damaged.entrySet().stream()
                .filter(table -> !DERIVED.contains(table.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /**
     * What is known to be wrong with a store beyond its chains: what an earlier check found, or an index that does not fit
     * its table of events.
     *
     * @return one sentence; empty when nothing is
     */
    public static Optional<String> found(Store store) {
        try (Connection connection = store.connect()) {
            Optional<String> marked = Damage.marked(store.location());
            return marked.isPresent() ? marked : ofEvents(IndexCheck.damaged(connection));
        } catch (SQLException e) {
            throw new LedgerException("the ledger at " + store.location() + " cannot be checked: " + e.getMessage(), e);
        }
    }

    /** All of them: each is as old as the token that says how far it has come. */
    private static void empty(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String table : DERIVED) {
                statement.execute("TRUNCATE TABLE " + table);
            }
            statement.execute("CHECKPOINT SYNC");
        }
    }
}
