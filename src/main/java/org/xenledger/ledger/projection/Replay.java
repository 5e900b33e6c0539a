// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.projection;

import java.sql.Connection;
import java.sql.SQLException;
import org.xenledger.ledger.ConfigurationTable;
import org.xenledger.ledger.OpenLedger;
import org.xenledger.ledger.Progress;

/**
 * Makes the projections from the events by the shortest way: straight from the event table, with no engine. Each batch is
 * one transaction with its position, so what is there after an interruption is right as far as its position says; nobody
 * takes it for the whole, and the next one goes on from there. The position is left where the engine's processor takes it
 * up. Nothing else may write the projections meanwhile.
 */
public final class Replay {
    private static final int PAGE = 500;

    /** A batch writes each state it touches once, and a state costs as much as many events. */
    private static final int BATCH = 20_000;

    private static final int MOST_STATES = 1024;

    private final OpenLedger ledger;
    private final ConfigurationTable configurations = new ConfigurationTable();
    private final int batch;

    public Replay(OpenLedger ledger) {
        this(ledger, BATCH);
    }

    Replay(OpenLedger ledger, int batch) {
        this.ledger = ledger;
        this.batch = batch;
    }

    /** Empties the projections and makes them again from the first event on. */
    public void rebuild(Progress progress) {
        long upTo = ledger.durablePosition();
        try (ReadAhead events = readAhead(0, upTo)) {
            ledger.transactions().write(connection -> {
                Projections.clear(connection);
                ProjectionToken.write(connection, 0);
                return null;
            });
            run(events, 0, upTo, progress);
        }
    }

    /** Adds the events that the projections do not have; rebuilds them where they do not fit together. */
    public void catchUp(Progress progress) {
        long upTo = ledger.durablePosition();
        long from = ledger.transactions().readCommitted(configurations::position);
        boolean told = ledger.transactions().readCommitted(connection -> ProjectionToken.isAt(connection, from));
        if (from > upTo || (from == 0 && upTo > 0)) {
            rebuild(progress);
        } else if (from < upTo || !told) {
            try (ReadAhead events = readAhead(from, upTo)) {
                run(events, from, upTo, progress);
            }
        }
    }

    private ReadAhead readAhead(long after, long upTo) {
        return new ReadAhead(ledger, after, upTo, Math.min(PAGE, batch), ReadAhead.MOST_BYTES);
    }

    private void run(ReadAhead events, long from, long upTo, Progress progress) {
        Projections projections = new Projections(ledger.reader(), MOST_STATES);
        long[] position = {from};
        do {
            ledger.transactions().write(connection -> {
                position[0] = batch(connection, projections, events, position[0], upTo, progress);
                return null;
            });
        } while (position[0] < upTo);
    }

    /** Applies and writes one batch; returns how far it came. */
    private long batch(
            Connection connection, Projections projections, ReadAhead events, long from, long upTo, Progress progress)
            throws SQLException {
        long end = Math.min(from + batch, upTo);
        long position = from;
        while (position < end && !projections.full()) {
            for (ReadAhead.Placed placed : events.next()) {
                position = placed.position();
                projections.apply(connection, position, placed.stream(), placed.sequence(), placed.event());
            }
            progress.at(position, upTo);
        }
        projections.write(connection);
        ProjectionToken.write(connection, position);
        return position;
    }
}
