// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.xenledger.ledger.SealTable.Seal;

/**
 * Makes commits durable, many at once: of those that wait one becomes the leader, seals the rows committed since the last
 * seal and forces everything to the disk; the others leave with it. A commit counts only when a sync that began after it
 * has finished.
 *
 * <p>When a sync fails nobody knows what of it is on the disk, so nothing more is written until the store is opened anew.
 */
public final class GroupSync {
    /** A committed row that no seal covers yet. */
    @SuppressWarnings("ArrayRecordComponent")
    record Row(long globalIndex, byte[] hash) {}

    /** Forces what was committed to the disk. */
    interface Force {
        void run(Connection connection) throws SQLException;
    }

    private static final int PAGE = 10_000;

    private final Connection connection;
    private final Clock clock;
    private final Force force;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    private List<Row> unsealed = new ArrayList<>();
    private Seal last;
    private long asked;
    private long served;
    private boolean leading;
    private volatile Throwable failure;
    private volatile long durable;

    private GroupSync(Connection connection, Clock clock, Force force) throws SQLException {
        this.connection = connection;
        this.clock = clock;
        this.force = force;
        this.last = SealTable.last(connection);
        connection.setAutoCommit(false);
    }

    /** Takes over a store: what was committed and not sealed, because the process before us died, is sealed now. */
    static GroupSync open(Connection connection, Clock clock, Force force) throws SQLException {
        GroupSync sync = new GroupSync(connection, clock, force);
        sync.sealWhatIsLeft();
        return sync;
    }

    static void checkpoint(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT SYNC");
        }
    }

    /** The last global index that a finished sync covers. */
    public long durablePosition() {
        return durable;
    }

    /** To be called in the order of the global index, when the rows are committed. */
    void committed(List<Row> rows) {
        lock.lock();
        try {
            unsealed.addAll(rows);
        } finally {
            lock.unlock();
        }
    }

    /** Returns when all that was committed before the call is on the disk. */
    void await() {
        lock.lock();
        try {
            long mine = ++asked;
            while (served < mine) {
                refuseAfterFailure();
                if (leading) {
                    changed.awaitUninterruptibly();
                } else {
                    lead();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** From now on nothing is written any more. */
    void fail(Throwable cause) {
        lock.lock();
        try {
            failure = failure == null ? cause : failure;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void refuseAfterFailure() {
        Throwable cause = failure;
        if (cause != null) {
            throw new LedgerException(
                    "the ledger could not be written to the disk and takes nothing more until it is opened anew: "
                            + Reason.of(cause),
                    cause);
        }
    }

    /** Serves all who have asked so far. The lock is held on entry and on return, not while the disk works. */
    private void lead() {
        leading = true;
        long serving = asked;
        List<Row> rows = unsealed;
        unsealed = new ArrayList<>();
        lock.unlock();
        Throwable problem = sync(rows);
        lock.lock();
        leading = false;
        if (problem == null) {
            served = serving;
        } else {
            fail(problem);
        }
        changed.signalAll();
    }

    /** What went wrong, or null; also an error must not leave the others waiting for a leader that is no more. */
    private Throwable sync(List<Row> rows) {
        try {
            seal(rows);
            force.run(connection);
            durable = last.lastIndex();
            return null;
        } catch (Throwable e) {
            return e;
        }
    }

    private void seal(List<Row> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        SealHash hash = new SealHash(last.hash(), last.lastIndex());
        rows.forEach(row -> hash.add(row.globalIndex(), row.hash()));
        write(hash);
    }

    private void write(SealHash hash) throws SQLException {
        String now = Times.text(clock.instant());
        Seal seal = new Seal(last.number() + 1, hash.lastIndex(), hash.count(), now, hash.finish(now));
        SealTable.insert(connection, seal);
        connection.commit();
        last = seal;
    }

    private void sealWhatIsLeft() throws SQLException {
        SealHash hash = new SealHash(last.hash(), last.lastIndex());
        List<EventRow> page;
        do {
            page = EventTable.after(connection, hash.lastIndex(), Long.MAX_VALUE, PAGE);
            page.forEach(row -> hash.add(row.globalIndex(), row.hash()));
        } while (page.size() == PAGE);
        if (hash.count() > 0) {
            write(hash);
        }
        force.run(connection);
        long head = EventTable.head(connection);
        if (head < last.lastIndex()) {
            throw new LedgerException("events are missing from the ledger: it was sealed up to " + last.lastIndex()
                    + " and ends at " + head + "; run `xenledger verify` and restore a backup");
        }
        durable = head;
    }
}
