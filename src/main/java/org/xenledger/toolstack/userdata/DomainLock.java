// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.userdata;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.xenledger.toolstack.posix.Descriptor;
import org.xenledger.xenstore.client.Deadline;

/**
 * libxl's lock on the configuration of a domain, held: nobody else who follows the protocol of libxl__lock_file and
 * libxl__unlock_file (libxl_internal.c) changes the file until {@link #close}. It is flock(2)'s, since Java's own file
 * locks do not exclude libxl. When this process dies, however it dies, the system gives the lock back.
 *
 * <p>Not for slow work: {@code xl} waits without a time limit.
 */
public final class DomainLock implements AutoCloseable {
    private static final long FIRST_PAUSE_MILLIS = 1;
    private static final long LONGEST_PAUSE_MILLIS = 20;

    private final DomainFiles files;
    private final Descriptor descriptor;

    private DomainLock(DomainFiles files, Descriptor descriptor) {
        this.files = files;
        this.descriptor = descriptor;
    }

    /**
     * Waits for the lock.
     *
     * @param limit how long; at zero it is tried once
     * @param stillThere whether the domain, and this incarnation of it, still exists; asked when the lock is held, as
     *     libxl does, for a domain that is destroyed loses its files under this lock
     * @throws LockTimeoutException when somebody else has it until the limit
     * @throws DomainGoneException when the domain is not there any longer
     * @throws UserdataException when the lock cannot be taken at all
     * @throws InterruptedException when the thread is interrupted while it waits; nothing is held then
     */
    public static DomainLock acquire(DomainFiles files, Duration limit, BooleanSupplier stillThere)
            throws InterruptedException {
        Deadline deadline = Deadline.in(limit);
        long pause = FIRST_PAUSE_MILLIS;
        while (true) {
            Descriptor descriptor = tryOnce(files.lock());
            if (descriptor != null) {
                return checked(new DomainLock(files, descriptor), stillThere);
            }
            if (deadline.passed()) {
                throw new LockTimeoutException(files.domid(), limit, LockHolder.of(files.lock()));
            }
            Thread.sleep(Math.min(pause, deadline.millisLeft()));
            pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
        }
    }

    /**
     * The configuration as it is now.
     *
     * @throws UserdataException when there is none, it cannot be read, or it is another domain's: then nothing may be
     *     written either
     */
    public ObjectNode read() {
        return LibxlJsonWriter.current(files).tree();
    }

    /**
     * Puts a configuration in the place of the one that {@link #read} gave, whole and durable: after a crash of the
     * machine there is the old or the new one. What follows the JSON text in the file, libxl's NUL, stays.
     *
     * @throws UserdataException when it could not be written, and the old one is still there; or when
     *     {@link #read} would fail
     */
    public void write(ObjectNode configuration) {
        LibxlJsonWriter.replace(files, configuration);
    }

    /** Gives the lock back. The file goes first: who finds it locked must not believe that it has the lock after us. */
    @Override
    public void close() {
        try (descriptor) {
            Files.deleteIfExists(files.lock());
        } catch (IOException e) {
            throw new UserdataException("cannot remove the lock file " + files.lock() + ": " + e.getMessage(), e);
        }
    }

    private static DomainLock checked(DomainLock lock, BooleanSupplier stillThere) {
        boolean there = false;
        try {
            there = stillThere.getAsBoolean();
        } finally {
            if (!there) {
                lock.close();
            }
        }
        if (!there) {
            throw new DomainGoneException(lock.files.domid());
        }
        lock.clear();
        return lock;
    }

    /** What a dead writer has left half written is nobody's while we hold the lock. */
    private void clear() {
        try {
            Files.deleteIfExists(files.temporary());
        } catch (IOException e) {
            close();
            throw new UserdataException("cannot remove " + files.temporary() + ": " + e.getMessage(), e);
        }
    }

    /** Null when somebody else has it. Whoever had it may have removed the file that we opened: then it is no lock. */
    private static Descriptor tryOnce(Path file) {
        Descriptor locked = null;
        try {
            Descriptor descriptor = Descriptor.openOrCreate(file);
            try {
                if (descriptor.tryLock() && descriptor.fileKey().equals(keyOf(file))) {
                    locked = descriptor;
                }
            } finally {
                if (locked == null) {
                    descriptor.close();
                }
            }
            return locked;
        } catch (IOException e) {
            throw new UserdataException("cannot lock " + file + ": " + e.getMessage(), e);
        }
    }

    private static Object keyOf(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }
}
