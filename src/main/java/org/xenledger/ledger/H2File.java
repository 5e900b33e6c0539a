// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.message.DbException;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.store.fs.FilePath;

/** H2's file, below SQL: how it is written, which is what the ledger's promises stand on. */
final class H2File {
    /** A plain file channel is closed for all when one thread is interrupted in it, and Axon interrupts threads. */
    static final String UNINTERRUPTED = "async:";

    private H2File() {}

    /** Opens a file to read and to write; makes it where there is none. */
    static FileChannel open(Path file) throws IOException {
        return FilePath.get(UNINTERRUPTED + file).open("rw");
    }

    /** Hands all that is committed to the operating system, before it returns. */
    static void write(Connection connection) throws SQLException {
        run(store(connection)::commit);
    }

    /** As {@link #write}, and forces it to the disk. */
    static void writeAndForce(Connection connection) throws SQLException {
        MVStore store = store(connection);
        run(store::commit);
        run(store::sync);
    }

    /** Below SQL H2 throws exceptions of its own, as when the disk is full. */
    private static void run(Runnable work) throws SQLException {
        try {
            work.run();
        } catch (MVStoreException | DbException e) {
            throw new SQLException("the file cannot be written", e);
        }
    }

    /**
     * From now on nothing that was ever written is written over. H2 uses the space of old chunks again after its retention
     * time, and after a kill it then sometimes opens with an older state than the last one that was forced to the disk.
     */
    static void onlyAppend(Connection connection) throws SQLException {
        MVStore store = store(connection);
        if (store.getFileStore() != null) {
            store.setReuseSpace(false);
        }
    }

    /** Closes the database and leaves its file as it is, with nothing in it of what was done since it was opened. */
    static void closeUnwritten(Connection connection) throws SQLException {
        try (Statement shutdown = connection.createStatement()) {
            shutdown.execute("SHUTDOWN IMMEDIATELY");
        }
    }

    private static MVStore store(Connection connection) throws SQLException {
        SessionLocal session =
                (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
        return session.getDatabase().getStore().getMvStore();
    }
}
