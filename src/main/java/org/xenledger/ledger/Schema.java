// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.h2.api.ErrorCode;

/**
 * What a store says of itself: the one row of {@code meta}. Reading it takes the place of asking Flyway, which needs a
 * second to find that nothing is to do.
 *
 * @param version of its tables; 0 where there are none
 * @param secretKey the key of the fingerprints that stand for secrets
 */
@SuppressWarnings("ArrayRecordComponent")
record Schema(int version, UUID storeId, byte[] secretKey) {
    /** The version that this Xenledger reads and writes: the number of the last migration. */
    static final int CURRENT = 1;

    private static final String SELECT = "SELECT schema_version, store_id, secret_key FROM meta";
    private static final Schema NONE = new Schema(0, null, null);

    static Schema read(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT);
                ResultSet row = select.executeQuery()) {
            return row.next() ? new Schema(row.getInt(1), row.getObject(2, UUID.class), row.getBytes(3)) : NONE;
        } catch (SQLException e) {
            if (e.getErrorCode() == ErrorCode.TABLE_OR_VIEW_NOT_FOUND_1
                    || e.getErrorCode() == ErrorCode.TABLE_OR_VIEW_NOT_FOUND_DATABASE_EMPTY_1) {
                return NONE;
            }
            throw e;
        }
    }

    boolean missing() {
        return version == 0;
    }

    boolean older() {
        return version < CURRENT;
    }

    void refuseNewer(StoreLocation location) {
        if (version > CURRENT) {
            throw new LedgerException("the ledger at " + location + " was written by a newer Xenledger (its schema is "
                    + version + ", this one knows " + CURRENT + "): use that version");
        }
    }
}
