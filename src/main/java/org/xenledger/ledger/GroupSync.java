// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
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
 * <p>Whoever writes holds the turn from its first write to its commit, and so does the leader while H2 writes to its file.
 * For H2 takes the roots of its maps one after the other: were a transaction to end in between, its undo log and its rows
 * would be of different moments, and after a crash a row would be there that belongs to no transaction.
 *
 * <p>When a sync fails nobody knows what of it is on the disk, so nothing more is written until the store is opened anew.
 */
public final class GroupSync {
    /** A committed row that no seal covers yet. */
    @SuppressWarnings("ArrayRecordComponent")
    record Row(long globalIndex, byte[] hash) {}

    /** What brings committed changes to the disk, in parts. */
    interface Disk {
        /** Hands them to the operating system; while nobody writes. */
        default void write(Connection connection) throws SQLException {
            H2File.write(connection);
        }

        /** Forces to the disk what was handed over; others may write meanwhile. */
        void force() throws IOException;

        /** Remembers the last seal that is on the disk; after the force that put it there has returned, never before. */
        default void mark(Seal seal) throws IOException {}
    }

    private static final int PAGE = 10_000;

    private final Connection connection;
    private final Clock clock;
    private final Disk disk;
    private final ReentrantLock turn = new ReentrantLock();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    private List<Row> unsealed = new ArrayList<>();
    private Seal last;
    private long asked;
    private long served;
    private boolean leading;
    private volatile Throwable failure;
    private volatile long durable;

    private GroupSync(Connection connection, Clock clock, Disk disk) throws SQLException {
        this.connection = connection;
        this.clock = clock;
        this.disk = disk;
        this.last = SealTable.last(connection);
        connection.setAutoCommit(false);
    }

    /** Takes over a store: what was committed and not sealed, because the process before us died, is sealed now. */
    static GroupSync open(Connection connection, Clock clock, Disk disk) throws SQLException, IOException {
        GroupSync sync = new GroupSync(connection, clock, disk);
        sync.sealWhatIsLeft();
        return sync;
    }

    /** Waits until nobody else writes; to be ended by {@link #endTurn} in the same thread. */
    void beginTurn() {
        turn.lock();
    }

    void endTurn() {
        turn.unlock();
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
        lock.unlock();
        Throwable problem = null;
        long serving = 0;
        try {
            serving = write();
            disk.force();
            disk.mark(last);
        } catch (Throwable e) {
            problem = e;
        }
        lock.lock();
        leading = false;
        if (problem == null) {
            served = serving;
            durable = last.lastIndex();
        } else {
            fail(problem);
        }
        changed.signalAll();
    }

    /** What one sync is for: all who have asked so far, and the rows that no seal covers. */
    private record Round(long serving, List<Row> rows) {}

    private Round nextRound() {
        lock.lock();
        try {
            Round round = new Round(asked, unsealed);
            unsealed = new ArrayList<>();
            return round;
        } finally {
            lock.unlock();
        }
    }

    /** Seals and writes all that is committed; returns how many of those who asked it serves. */
    private long write() throws SQLException {
        beginTurn();
        try {
            Round round = nextRound();
            seal(round.rows());
            disk.write(connection);
            return round.serving();
        } finally {
            endTurn();
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

    private void sealWhatIsLeft() throws SQLException, IOException {
        SealHash hash = new SealHash(last.hash(), last.lastIndex());
        List<EventRow> page;
        do {
            page = EventTable.after(connection, hash.lastIndex(), Long.MAX_VALUE, PAGE);
            page.forEach(row -> hash.add(row.globalIndex(), row.hash()));
        } while (page.size() == PAGE);
        if (hash.count() > 0) {
            write(hash);
        }
        disk.write(connection);
        disk.force();
        long head = EventTable.head(connection);
        connection.commit();
        if (head < last.lastIndex()) {
            throw new LedgerException("events are missing from the ledger: it was sealed up to " + last.lastIndex()
                    + " and ends at " + head + "; run `xenledger verify` and restore a backup");
        }
        disk.mark(last);
        durable = head;
    }
}
