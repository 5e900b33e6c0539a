// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;

/** The parts of a ledger that is being written, put together over its store: what an engine needs, and no engine. */
public final class OpenLedger implements AutoCloseable {
    private final Store store;
    private final EventCodec codec = new EventCodec();
    private final Snapshots snapshots = new Snapshots();
    private final GroupSync sync;
    private final LedgerTransactions transactions;
    private final LedgerReader reader;

    /** Takes over a store that was opened for writing, and closes it in the end. */
    public OpenLedger(Store store, Clock clock) {
        this(store, clock, store.disk());
    }

    OpenLedger(Store store, Clock clock, GroupSync.Disk disk) {
        this.store = store;
        sync = opened(store, clock, disk);
        transactions = new LedgerTransactions(store.connections(), new Journal(codec, snapshots, sync), sync);
        reader = new LedgerReader(store, codec, sync);
    }

    /** A store that cannot be taken over is closed again: nobody else would. */
    private static GroupSync opened(Store store, Clock clock, GroupSync.Disk disk) {
        LedgerException failure;
        try {
            return GroupSync.open(store.anchor(), clock, disk);
        } catch (SQLException e) {
            failure = LedgerTransactions.failed(e);
        } catch (IOException e) {
            failure = new LedgerException("the ledger cannot be forced to the disk: " + e.getMessage(), e);
        } catch (LedgerException e) {
            failure = e;
        }
        try {
            store.closeUnchecked();
        } catch (LedgerException e) {
            failure.addSuppressed(e);
        }
        throw failure;
    }

    public EventCodec codec() {
        return codec;
    }

    public Snapshots snapshots() {
        return snapshots;
    }

    public LedgerTransactions transactions() {
        return transactions;
    }

    public LedgerReader reader() {
        return reader;
    }

    public long durablePosition() {
        return sync.durablePosition();
    }

    /** Syncs and closes the store; one that could not be synced is checked by whoever writes it next. */
    @Override
    public void close() {
        try {
            sync.await();
        } catch (RuntimeException | Error e) {
            store.closeUnchecked();
            throw e;
        }
        store.close();
    }
}
