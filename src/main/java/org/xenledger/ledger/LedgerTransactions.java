// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The transactions of a ledger that is being written. Each is bound to its thread; who begins one inside another joins
 * it. All that is written, events or not, is acknowledged only after the {@link GroupSync}.
 */
public final class LedgerTransactions {
    private final Connections connections;
    private final Journal journal;
    private final GroupSync sync;
    /** Not static: a thread may write two ledgers, and their transactions are not one. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<LedgerTransaction> current = new ThreadLocal<>();

    LedgerTransactions(Connections connections, Journal journal, GroupSync sync) {
        this.connections = connections;
        this.journal = journal;
        this.sync = sync;
    }

    /** Begins a transaction of this thread, which must have none. */
    public LedgerTransaction begin() {
        if (current.get() != null) {
            throw new IllegalStateException("this thread has a transaction already");
        }
        sync.refuseAfterFailure();
        LedgerTransaction transaction = new LedgerTransaction(this, journal, sync);
        current.set(transaction);
        return transaction;
    }

    /** The transaction of this thread. */
    public Optional<LedgerTransaction> current() {
        return Optional.ofNullable(current.get());
    }

    /** Reads within this thread's transaction, so that its own writes are seen; in one of its own where there is none. */
    public <T> T read(Work<T> work) {
        try {
            if (current.get() != null) {
                return work.with(current.get().connection());
            }
            return readCommitted(work);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Reads what is committed, whatever this thread's transaction has written. */
    public <T> T readCommitted(Work<T> work) {
        return connections.with(work);
    }

    /** Writes something that is no event, in a transaction of its own. */
    public void write(Work<?> work) {
        LedgerTransaction transaction = begin();
        try {
            work.with(transaction.writing());
            transaction.commit();
        } catch (SQLException e) {
            throw failed(e);
        } finally {
            transaction.rollback();
        }
    }

    Connection connect() throws SQLException {
        Connection connection = connections.take();
        connection.setAutoCommit(false);
        return connection;
    }

    void ended(Connection connection) throws SQLException {
        current.remove();
        if (connection != null) {
            connections.giveBack(connection);
        }
    }

    /** What is thrown when the database fails. */
    public static LedgerException failed(SQLException e) {
        return new LedgerException("the ledger's database failed: " + Reason.of(e), e);
    }
}
