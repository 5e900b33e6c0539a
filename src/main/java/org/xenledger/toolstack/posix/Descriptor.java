// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.posix;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * An open file descriptor, closed in every program that this one starts: an inherited one would hold a lock on. No call
 * here ends early because its thread is interrupted, as those of {@link java.nio.channels.FileChannel} do.
 */
public final class Descriptor implements AutoCloseable {
    private static final int MFD_CLOEXEC = 1;

    private final int number;
    private boolean open = true;

    private Descriptor(int number) {
        this.number = number;
    }

    /** Opens a file to read and write, and makes it when it is missing, for all as the umask has it. */
    public static Descriptor openOrCreate(Path file) throws IOException {
        return open(file, LibC.O_RDWR | LibC.O_CREAT);
    }

    /** Opens a directory, to sync it. */
    public static Descriptor openDirectory(Path directory) throws IOException {
        return open(directory, LibC.O_RDONLY | LibC.O_DIRECTORY);
    }

    /** A file in memory that no directory names and that is gone with its last descriptor: memfd_create(2). */
    public static Descriptor inMemory(String name) throws IOException {
        try {
            return new Descriptor(LibC.INSTANCE.memfd_create(name, MFD_CLOEXEC));
        } catch (LastErrorException e) {
            throw failure("memfd_create", e);
        }
    }

    private static Descriptor open(Path file, int flags) throws IOException {
        while (true) {
            try {
                return new Descriptor(
                        LibC.INSTANCE.open(file.toString(), flags | LibC.O_CLOEXEC, Integer.valueOf(LibC.MODE_0666)));
            } catch (LastErrorException e) {
                if (e.getErrorCode() != LibC.EINTR) {
                    throw failure("open " + file, e);
                }
            }
        }
    }

    /** Takes flock(2)'s exclusive lock if nobody else has it; it is given back by {@link #close}. */
    public boolean tryLock() throws IOException {
        while (true) {
            try {
                LibC.INSTANCE.flock(number, LibC.LOCK_EX | LibC.LOCK_NB);
                return true;
            } catch (LastErrorException e) {
                if (e.getErrorCode() == LibC.EWOULDBLOCK) {
                    return false;
                }
                if (e.getErrorCode() != LibC.EINTR) {
                    throw failure("flock", e);
                }
            }
        }
    }

    /** Writes what the system still holds back for this file or directory to the disk. */
    public void sync() throws IOException {
        while (true) {
            try {
                LibC.INSTANCE.fsync(number);
                return;
            } catch (LastErrorException e) {
                if (e.getErrorCode() != LibC.EINTR) {
                    throw failure("fsync", e);
                }
            }
        }
    }

    /** What tells this file from all others of the machine, also when no directory names it any longer. */
    public Object fileKey() throws IOException {
        return Files.readAttributes(path(), BasicFileAttributes.class).fileKey();
    }

    /** A path by which this process can open the same file once more. */
    public Path path() {
        return Path.of("/proc/self/fd/" + number);
    }

    /** Gives the descriptor, and its lock, back; a second call does nothing. */
    @Override
    public void close() {
        if (!open) {
            return;
        }
        open = false;
        try {
            LibC.INSTANCE.close(number);
        } catch (LastErrorException e) {
            if (e.getErrorCode() != LibC.EINTR) { // Linux has closed it all the same
                throw new UncheckedIOException(failure("close", e));
            }
        }
    }

    /** JNA's text is strerror(3)'s behind the number in brackets. */
    private static IOException failure(String call, LastErrorException e) {
        return new IOException(call + ": " + e.getMessage().replaceFirst("^\\[\\d+] ", ""), e);
    }
}
