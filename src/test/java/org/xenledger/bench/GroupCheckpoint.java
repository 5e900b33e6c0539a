// SPDX-License-Identifier: Apache-2.0
package org.xenledger.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** One sync for all who wait: the plain thing, without seals. */
final class GroupCheckpoint {
    private final Connection connection;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long asked;
    private long served;
    private boolean leading;

    GroupCheckpoint(Connection connection) {
        this.connection = connection;
    }

    void await() throws SQLException {
        lock.lock();
        try {
            long turn = ++asked;
            while (served < turn) {
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

    /** The lock is held on entry and on return, not while the disk works. */
    private void lead() throws SQLException {
        leading = true;
        long serving = asked;
        lock.unlock();
        try (Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT SYNC");
        } finally {
            lock.lock();
            leading = false;
            changed.signalAll();
        }
        served = serving;
    }
}
