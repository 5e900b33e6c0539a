// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.h2.jdbcx.JdbcDataSource;

/**
 * The open database of a ledger. One process at a time may write it; any number may read it while none writes. Reading
 * takes plain JDBC only.
 */
public final class Store implements AutoCloseable {
    /** How long a second opener waits for the first. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    static {
        OrderedFiles.register();
    }

    private final StoreLocation location;
    private final StoreUse use;
    private final boolean writable;
    private final boolean stoppedUncleanly;
    private final Schema schema;
    private final Connection anchor;
    private final Optional<DatabaseFile> file;
    private final Connections connections;
    private boolean closed;

    private Store(
            StoreLocation location,
            StoreUse use,
            boolean writable,
            boolean uncleanly,
            JdbcDataSource source,
            Connection anchor)
            throws SQLException {
        this.location = location;
        this.use = use;
        this.writable = writable;
        this.stoppedUncleanly = uncleanly;
        this.anchor = anchor;
        this.schema = Schema.read(anchor);
        this.file = writable ? location.databaseFile().map(this::open) : Optional.empty();
        this.connections = new Connections(source);
    }

    /**
     * Opens a store to write it; makes it, or brings its tables up to date, where need be.
     *
     * @param patience how long to wait for another process that has it open
     */
    public static Store openForWriting(StoreLocation location, Duration patience) {
        if (location.directory() != null) {
            create(location.directory());
        }
        return used(StoreUse.take(location, true, patience), use -> openForWriting(location, use, patience));
    }

    private static Store openForWriting(StoreLocation location, StoreUse use, Duration patience) {
        Damage.refuse(location);
        Loss.refuseNewIn(location);
        location.databaseFile().ifPresent(file -> NewStore.makeIn(location.directory(), file));
        JdbcDataSource source = source(location.url());
        Connection anchor = StoreLock.connect(source, location, patience);
        return opened(location, anchor, () -> {
            H2File.onlyAppend(anchor);
            boolean uncleanly = location.holderFile().map(Files::exists).orElse(false);
            Schema found = Schema.read(anchor);
            found.refuseNewer(location);
            Loss.refuse(location, anchor, found);
            refuseEmpty(location, anchor, found);
            location.holderFile().ifPresent(Holder.ofThisProcess()::write);
            if (found.older()) {
                Migration.run(source);
                // A store that is killed before its tables are on the disk could not be opened again.
                H2File.writeAndForce(anchor);
            }
            return new Store(location, use, true, uncleanly, source, anchor);
        });
    }

    /** Opens a store to read it; there must be one. */
    public static Store openForReading(StoreLocation location, Duration patience) {
        if (location.isMissing()) {
            throw missing(location);
        }
        return used(StoreUse.take(location, false, patience), use -> openForReading(location, use, patience));
    }

    private static Store openForReading(StoreLocation location, StoreUse use, Duration patience) {
        JdbcDataSource source = source(location.url() + ";ACCESS_MODE_DATA=r;IFEXISTS=TRUE");
        Connection anchor = StoreLock.connect(source, location, patience);
        return opened(location, anchor, () -> {
            Schema found = Schema.read(anchor);
            found.refuseNewer(location);
            refuseEmpty(location, anchor, found);
            if (found.missing()) {
                throw missing(location);
            }
            if (found.older()) {
                throw new LedgerException("the ledger at " + location
                        + " was written by an older Xenledger: run `xenledger record` once to bring it up to date");
            }
            return new Store(location, use, false, false, source, anchor);
        });
    }

    /** A use that leads to no open store is given up. */
    private static Store used(StoreUse use, Function<StoreUse, Store> opening) {
        Store store = null;
        try {
            store = opening.apply(use);
            return store;
        } finally {
            if (store == null) {
                use.close();
            }
        }
    }

    /** Reads what is committed. */
    public <T> T read(Work<T> work) {
        return connections.with(work);
    }

    /** A connection of the caller's own, in auto-commit mode; to be closed after use. */
    public Connection connect() throws SQLException {
        return connections.take();
    }

    Connections connections() {
        return connections;
    }

    /** The connection that keeps the database open; whoever syncs may use it for nothing else. */
    Connection anchor() {
        return anchor;
    }

    /** What brings to the disk what is committed. */
    GroupSync.Disk disk() {
        return file.<GroupSync.Disk>map(open -> open).orElseGet(DatabaseUrl::new);
    }

    public StoreLocation location() {
        return location;
    }

    public boolean writable() {
        return writable;
    }

    /** Whether the writer before us ended without closing the store. */
    public boolean stoppedUncleanly() {
        return stoppedUncleanly;
    }

    /**
     * What the store had and has no more, by the mark beside it of the last seal; empty when all of that is there, or there
     * is no mark.
     *
     * @return a sentence that says what to do
     */
    public Optional<String> loss() {
        return read(connection -> Loss.find(location, connection, schema))
                .map(loss -> "the ledger at " + location + " is damaged: " + loss);
    }

    /** The store's own uuid, made with it. */
    public UUID id() {
        return schema.storeId();
    }

    /** The version of its tables. */
    public int schemaVersion() {
        return schema.version();
    }

    /** The key for {@link org.xenledger.domain.template.Secrets}; it never leaves the store's machine. */
    public byte[] secretKey() {
        return schema.secretKey().clone();
    }

    @Override
    public void close() {
        close(writable);
    }

    /** Closes it as one that was not stopped in order, or not checked since: whoever writes next is to check it. */
    public void closeUnchecked() {
        close(false);
    }

    /** The holder's file goes when H2 has written all, and before anybody else may open the store. */
    private synchronized void close(boolean inOrder) {
        if (closed) {
            return;
        }
        closed = true;
        try (use) {
            connections.close();
            anchor.close();
            file.ifPresent(DatabaseFile::close);
            if (inOrder) {
                location.holderFile().ifPresent(Store::delete);
            }
        } catch (SQLException e) {
            throw new LedgerException("the ledger at " + location + " could not be closed: " + Reason.of(e), e);
        }
    }

    private DatabaseFile open(Path database) {
        return DatabaseFile.open(database, new SealMarkFile(location.sealFile().orElseThrow(), schema.storeId()));
    }

    /** A directory's file is put there with its tables in it: without them it is damaged, and nothing is begun there. */
    private static void refuseEmpty(StoreLocation location, Connection anchor, Schema found) throws SQLException {
        if (found.missing() && location.directory() != null) {
            H2File.closeUnwritten(anchor);
            throw Damage.unreadable(location, null);
        }
    }

    /** What to say where there is no ledger and must be one. */
    public static LedgerException missing(StoreLocation location) {
        return new LedgerException(
                "no ledger at " + location + ": run `xenledger record` first, or give --store its place");
    }

    private static JdbcDataSource source(String url) {
        JdbcDataSource source = new JdbcDataSource();
        source.setUrl(url);
        return source;
    }

    private interface Opening {
        Store open() throws SQLException;
    }

    /** What fails on the way must not leave the database open. */
    private static Store opened(StoreLocation location, Connection anchor, Opening opening) {
        try {
            return opening.open();
        } catch (SQLException | RuntimeException e) {
            try {
                anchor.close();
            } catch (SQLException closing) {
                e.addSuppressed(closing);
            }
            if (e instanceof SQLException sql && Damage.shownBy(sql)) {
                throw Damage.unreadable(location, sql);
            }
            throw e instanceof LedgerException ours
                    ? ours
                    : new LedgerException("the ledger at " + location + " cannot be opened: " + Reason.of(e), e);
        }
    }

    private static void create(Path directory) {
        try {
            WholeFile.makeDirectory(directory);
        } catch (IOException e) {
            throw new LedgerException("the ledger's directory " + directory + " cannot be made: " + e.getMessage(), e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
