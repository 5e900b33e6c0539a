// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.xenledger.domain.event.RecordedEvent;

/** One transaction of one thread. It takes a connection only when it needs one. */
public final class LedgerTransaction {
    private final LedgerTransactions home;
    private final Journal journal;
    private final GroupSync sync;
    private Connection connection;
    private Journal.Batch batch;
    private boolean wrote;
    private boolean ended;
    private List<RecordedEvent> appended = List.of();

    LedgerTransaction(LedgerTransactions home, Journal journal, GroupSync sync) {
        this.home = home;
        this.journal = journal;
        this.sync = sync;
    }

    /** The connection to read with. */
    public Connection connection() throws SQLException {
        if (ended) {
            throw new IllegalStateException("the transaction has ended");
        }
        if (connection == null) {
            connection = home.connect();
        }
        return connection;
    }

    /**
     * The connection to write with: what is written is synced before the commit returns. From here to its end this
     * transaction is the only one that writes.
     */
    public Connection writing() throws SQLException {
        if (!wrote) {
            sync.beginTurn();
            wrote = true;
        }
        return connection();
    }

    /** Appends events. */
    public void append(List<NewEvent> events) throws SQLException {
        List<Journal.Encoded> encoded = events.stream().map(journal::encode).toList();
        Connection writing = writing();
        if (batch == null) {
            batch = journal.begin();
        }
        batch.append(writing, encoded);
    }

    /** What it has appended, with the places in the ledger. */
    public List<RecordedEvent> appended() {
        return batch != null ? batch.events() : appended;
    }

    /** Commits, and returns when all of it is on the disk. */
    public void commit() {
        try {
            if (connection != null) {
                connection.commit();
            }
        } catch (SQLException e) {
            sync.fail(e);
            rollback();
            throw LedgerTransactions.failed(e);
        }
        appended = appended();
        if (batch != null) {
            batch.committed();
            batch = null;
        }
        end();
        if (wrote) {
            sync.await();
        }
    }

    /** Undoes it; after its end, however that came, there is nothing left to undo. */
    public void rollback() {
        if (ended) {
            return;
        }
        try {
            if (connection != null) {
                connection.rollback();
            }
        } catch (SQLException e) {
            sync.fail(e);
        } finally {
            batch = null;
            end();
        }
    }

    private void end() {
        ended = true;
        try {
            home.ended(connection);
        } catch (SQLException e) {
            sync.fail(e);
        } finally {
            if (wrote) {
                sync.endTurn();
            }
        }
    }
}
