// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.h2.api.ErrorCode;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;

/**
 * A store whose file is damaged. That is remembered in a file beside the database and not in it: a damaged database may
 * take no more writes. A store that is given by a URL has no such file, so for it each check finds the damage anew.
 */
public final class Damage {
    private static final Set<Integer> SIGNS = Set.of(
            ErrorCode.FILE_CORRUPTED_1,
            ErrorCode.IO_EXCEPTION_1,
            ErrorCode.IO_EXCEPTION_2,
            ErrorCode.GENERAL_ERROR_1,
            ErrorCode.DATA_CONVERSION_ERROR_1,
            ErrorCode.ROW_NOT_FOUND_IN_PRIMARY_INDEX,
            ErrorCode.ROW_NOT_FOUND_WHEN_DELETING_1,
            ErrorCode.TABLE_OR_VIEW_NOT_FOUND_1,
            ErrorCode.TABLE_OR_VIEW_NOT_FOUND_DATABASE_EMPTY_1);

    private static final String EXPORT =
            "export what is valid with `xenledger export`, then `xenledger import` that into a new store";

    private Damage() {}

    /** Remembers that a store is damaged; the sentence says how. */
    public static LedgerException mark(StoreLocation location, String sentence) {
        location.damageFile().ifPresent(file -> WholeFile.put(file, part -> Files.writeString(part, sentence + "\n")));
        return refusal(location, sentence + "; " + EXPORT);
    }

    /** Whether this is how a damaged file shows when the database reads it; one that cannot be written is not damaged. */
    public static boolean shownBy(SQLException e) {
        return SIGNS.contains(e.getErrorCode()) && !isOfWriting(e);
    }

    private static boolean isOfWriting(SQLException e) {
        return Reason.chain(e)
                .anyMatch(cause -> cause instanceof MVStoreException store
                        && store.getErrorCode() == DataUtils.ERROR_WRITING_FAILED);
    }

    /** What to say of a store whose file the database cannot read. */
    public static LedgerException unreadable(StoreLocation location, SQLException cause) {
        return new LedgerException(
                "the file of the ledger at " + location + " is damaged and cannot be read: move it away and restore a"
                        + " backup, or `xenledger import` an export into a new store",
                cause);
    }

    /** What is remembered of a store's damage, and what to do; empty where nothing is. */
    public static Optional<String> marked(StoreLocation location) {
        try {
            Path damaged = location.damageFile().filter(Files::exists).orElse(null);
            return damaged == null
                    ? Optional.empty()
                    : Optional.of(Files.readString(damaged).strip() + "; " + EXPORT);
        } catch (IOException e) {
            throw new LedgerException("the ledger at " + location + " cannot be opened: " + e.getMessage(), e);
        }
    }

    /** Refuses to write a store that is known to be damaged, or whose file was emptied: H2 would begin a new one there. */
    static void refuse(StoreLocation location) {
        marked(location).ifPresent(sentence -> {
            throw refusal(location, sentence);
        });
        try {
            Path database = location.databaseFile().orElse(null);
            if (database != null && Files.exists(database) && Files.size(database) == 0) {
                throw unreadable(location, null);
            }
        } catch (IOException e) {
            throw new LedgerException("the ledger at " + location + " cannot be opened: " + e.getMessage(), e);
        }
    }

    static LedgerException refusal(StoreLocation location, String sentence) {
        return new LedgerException("the ledger at " + location + " is damaged and takes no more events: " + sentence);
    }
}
