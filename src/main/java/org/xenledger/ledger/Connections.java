// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * The connections of a store, kept for the next user: the plain ones of H2, for its pool wraps and resets one with every
 * loan, which costs as much as inserting an event.
 */
final class Connections {
    private static final int MOST_IDLE = 16;

    private final DataSource source;
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
    private final AtomicInteger idling = new AtomicInteger();
    private volatile boolean closed;

    Connections(DataSource source) {
        this.source = source;
    }

    /** A connection in auto-commit mode; to be given back, or closed when something went wrong with it. */
    Connection take() throws SQLException {
        if (closed) {
            throw new LedgerException("the ledger is closed");
        }
        Connection connection = idle.pollFirst();
        if (connection == null) {
            return source.getConnection();
        }
        idling.decrementAndGet();
        return connection;
    }

    /** Takes back a connection that has no transaction open. */
    void giveBack(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        if (idling.incrementAndGet() > MOST_IDLE) {
            idling.decrementAndGet();
            connection.close();
            return;
        }
        idle.addFirst(connection);
        if (closed) {
            close();
        }
    }

    <T> T with(Work<T> work) {
        try {
            Connection connection = take();
            T result;
            try {
                result = work.with(connection);
            } catch (SQLException | RuntimeException | Error e) {
                connection.close();
                throw e;
            }
            giveBack(connection);
            return result;
        } catch (SQLException e) {
            throw new LedgerException("the ledger's database failed: " + e.getMessage(), e);
        }
    }

    void close() throws SQLException {
        closed = true;
        for (Connection connection = idle.pollFirst(); connection != null; connection = idle.pollFirst()) {
            connection.close();
        }
    }
}
