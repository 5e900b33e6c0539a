// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.projection;

import java.sql.Connection;
import java.sql.SQLException;
import org.xenledger.domain.event.DeviceEvent;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.domain.state.DomainState;
import org.xenledger.ledger.ConfigurationTable;
import org.xenledger.ledger.LedgerReader;

/**
 * The one place that applies events to the projections: one fold feeds them all. Events come in the order of the ledger;
 * what they change is held in memory until {@link #write}, so that a row touched by many of them is written once. Whoever
 * writes puts the position of the last event into the same transaction. For one thread.
 */
public final class Projections {
    private final ConfigurationProjection configurations;
    private final OperationProjection operations = new OperationProjection();

    /**
     * @param reader finds a state that has no row
     * @param mostStates how many states stay in memory between two writes
     */
    public Projections(LedgerReader reader, int mostStates) {
        configurations = new ConfigurationProjection(reader, mostStates);
    }

    /** Applies the event at a position of the ledger. */
    public void apply(Connection connection, long position, String stream, long sequence, DomainEvent event)
            throws SQLException {
        DomainState after = configurations.apply(connection, position, stream, sequence, event);
        if (event instanceof DeviceEvent step) {
            operations.apply(position, step, after);
        }
    }

    /** Whether so many rows were touched that it is time to write them. */
    boolean full() {
        return configurations.full();
    }

    public void write(Connection connection) throws SQLException {
        configurations.write(connection);
        operations.write(connection);
    }

    /** Drops all that is in memory: what was written with it is rolled back. */
    public void forget() {
        configurations.forget();
        operations.forget();
    }

    static void clear(Connection connection) throws SQLException {
        ConfigurationTable.clear(connection);
        OperationProjection.clear(connection);
    }
}
