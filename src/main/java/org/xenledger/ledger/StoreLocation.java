// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a ledger is kept: a directory, or H2 in memory for as long as the process lives.
 *
 * <p>{@code WRITE_DELAY} is as good as for ever: H2's own background writer would write in the middle of
 * transactions, and beside our own writing, which would find nothing to write while it is not in the file yet.
 * {@code MAX_COMPACT_TIME}: closing must not move what is on the disk to where a crash would look for something else.
 *
 * @param directory the directory; null for a URL
 * @param url the JDBC URL without what depends on the use
 */
public record StoreLocation(Path directory, String url) {
    private static final String JDBC = "jdbc:";
    private static final String MEMORY = "jdbc:h2:mem:";
    private static final String FILE = "ledger";
    private static final String OPTIONS =
            ";DB_CLOSE_ON_EXIT=FALSE;CACHE_SIZE=4096;TRACE_LEVEL_FILE=0;WRITE_DELAY=" + Integer.MAX_VALUE;

    /**
     * Reads the value of {@code --store}.
     *
     * @throws LedgerException for the URL of anything but a database in memory: what the ledger promises of its files it
     *     keeps only in a directory of its own
     */
    public static StoreLocation parse(String text) {
        if (!text.startsWith(JDBC)) {
            return ofDirectory(Path.of(text));
        }
        if (!text.startsWith(MEMORY)) {
            throw new LedgerException(
                    "this version keeps ledgers in H2, in a directory: give --store the directory, not a URL");
        }
        return new StoreLocation(null, text + OPTIONS);
    }

    public static StoreLocation ofDirectory(Path directory) {
        Path absolute = directory.toAbsolutePath().normalize();
        if (absolute.toString().indexOf(';') >= 0) {
            throw new LedgerException("a ledger's directory cannot have a semicolon in its name: " + absolute);
        }
        return new StoreLocation(absolute, url(absolute.resolve(FILE)));
    }

    /** The URL of a database file, given without its ending. */
    static String url(Path file) {
        return "jdbc:h2:" + OrderedFiles.SCHEME + ":" + H2File.UNINTERRUPTED + file + OPTIONS + ";MAX_COMPACT_TIME=0";
    }

    /**
     * Whether there can be no ledger here, as far as that shows without opening it.
     *
     * @throws LedgerException where there may be one, and this user may not read it
     */
    public boolean isMissing() {
        return databaseFile().map(this::isMissing).orElse(false);
    }

    private boolean isMissing(Path file) {
        try {
            file.getFileSystem().provider().checkAccess(file, AccessMode.READ);
            return false;
        } catch (AccessDeniedException e) {
            throw new LedgerException("permission denied to read the ledger at " + this + ": run as root", e);
        } catch (IOException e) {
            return true;
        }
    }

    /** The file of the database; empty for a URL. */
    public Optional<Path> databaseFile() {
        return Optional.ofNullable(directory).map(dir -> dir.resolve(FILE + ".mv.db"));
    }

    /** The file that tells that the store is damaged; empty for a URL. */
    Optional<Path> damageFile() {
        return Optional.ofNullable(directory).map(dir -> dir.resolve(FILE + ".damaged"));
    }

    /** The file of the {@link SealMark}; empty for a URL. */
    Optional<Path> sealFile() {
        return Optional.ofNullable(directory).map(dir -> dir.resolve(FILE + ".seal"));
    }

    /** The file that whoever uses the store locks; empty for a URL. */
    Optional<Path> lockFile() {
        return Optional.ofNullable(directory).map(dir -> dir.resolve(FILE + ".lock"));
    }

    /** The file that tells who writes; empty for a URL. */
    Optional<Path> holderFile() {
        return Optional.ofNullable(directory).map(dir -> dir.resolve(FILE + ".holder"));
    }

    /** How people call it. */
    @Override
    public String toString() {
        return directory != null ? directory.toString() : url.substring(0, (url + ";").indexOf(';'));
    }
}
