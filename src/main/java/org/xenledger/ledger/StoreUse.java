// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The right of this process to open a store: alone to write it, or beside others to read it. It is a lock on a file of our
 * own that nobody replaces, for H2's lock does not cover all: H2 gives it up before it puts a compacted file in the place
 * of the old one, and removes what it takes for the rest of an interrupted compaction before it tries the lock.
 *
 * <p>All uses in one process share one lock, as the system has it (fcntl(2)); between them H2 decides.
 */
public final class StoreUse implements AutoCloseable {
    private static final Map<Path, Lock> LOCKS = new HashMap<>();

    private static final class Lock {
        private final FileChannel channel;
        private int users = 1;

        Lock(FileChannel channel) {
            this.channel = channel;
        }
    }

    /** Null where there is nothing to lock. */
    private Path file;

    private StoreUse(Path file) {
        this.file = file;
    }

    /**
     * Waits until nobody else uses the store, or nobody else writes it.
     *
     * @param alone whether to write
     * @param patience how long to wait
     */
    public static StoreUse take(StoreLocation location, boolean alone, Duration patience) {
        Path file = location.lockFile().orElse(null);
        if (file == null) {
            return new StoreUse(null);
        }
        Patience waiting = new Patience(location, patience);
        try {
            while (!locked(file, alone)) {
                waiting.pause(null);
            }
            return new StoreUse(file);
        } catch (IOException e) {
            throw new LedgerException(
                    "the ledger at " + location + " cannot be locked: " + file + ": " + Reason.of(e), e);
        }
    }

    private static boolean locked(Path file, boolean alone) throws IOException {
        synchronized (LOCKS) {
            Lock held = LOCKS.get(file);
            if (held != null) {
                held.users++;
                return true;
            }
            FileChannel channel = open(file, alone);
            FileLock lock = null;
            try {
                lock = channel == null ? null : channel.tryLock(0, Long.MAX_VALUE, !alone);
            } finally {
                if (channel != null && lock == null) {
                    channel.close();
                }
            }
            if (channel != null && lock == null) {
                return false;
            }
            LOCKS.put(file, new Lock(channel));
            return true;
        }
    }

    /** Who may only read the store's directory cannot make the file, and needs none where no writer has made one. */
    private static FileChannel open(Path file, boolean alone) throws IOException {
        try {
            return FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (IOException e) {
            if (alone || Files.isWritable(file)) {
                throw e;
            }
        }
        try {
            return FileChannel.open(file, StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    @Override
    public void close() {
        if (file == null) {
            return;
        }
        synchronized (LOCKS) {
            Lock held = LOCKS.get(file);
            held.users--;
            if (held.users == 0) {
                LOCKS.remove(file);
                close(held.channel);
            }
        }
        file = null;
    }

    private static void close(FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new LedgerException("the ledger's lock could not be given up: " + e.getMessage(), e);
        }
    }
}
