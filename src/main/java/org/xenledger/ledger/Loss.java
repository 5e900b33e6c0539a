// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A store that has less than the {@link SealMark} beside it tells of. That is found anew whenever the store is opened, so
 * it ends when the store is whole again, or somebody who wants the older state removes the mark.
 */
final class Loss {
    private Loss() {}

    /** Refuses to begin a new store where the file of one was, and is gone. */
    static void refuseNewIn(StoreLocation location) {
        mark(location).filter(mark -> location.isMissing()).ifPresent(mark -> {
            throw new LedgerException("the file of the ledger at " + location + ", which was sealed up to event "
                    + mark.lastIndex()
                    + ", is gone: put it back, or restore a backup; to begin a new ledger here, remove "
                    + location.sealFile().orElseThrow());
        });
    }

    /**
     * Refuses to write a store that has lost something. Nothing of it was written yet, and nothing is when it is closed:
     * what is left in its file may still be of use to somebody.
     */
    static void refuse(StoreLocation location, Connection connection, Schema schema) throws SQLException {
        Optional<String> loss = find(location, connection, schema);
        if (loss.isPresent()) {
            H2File.closeUnwritten(connection);
            throw Damage.refusal(location, loss.get());
        }
    }

    /** What is lost, and what to do. The mark is read first, for a writer may go on meanwhile. */
    static Optional<String> find(StoreLocation location, Connection connection, Schema schema) throws SQLException {
        Optional<SealMark> mark = mark(location);
        return mark.isEmpty()
                ? Optional.empty()
                : reason(mark.get(), connection, schema)
                        .map(reason -> reason
                                + "; restore a newer backup, or take what is left with `xenledger export` and `xenledger"
                                + " import` that into a new store; if this older state is what you want, remove "
                                + location.sealFile().orElseThrow());
    }

    private static Optional<String> reason(SealMark mark, Connection connection, Schema schema) throws SQLException {
        try {
            return mark.notIn(connection, schema.storeId());
        } catch (SQLException e) {
            if (!Damage.shownBy(e)) {
                throw e;
            }
            return Optional.of("it was sealed up to event " + mark.lastIndex() + ", and its seals cannot be read");
        }
    }

    private static Optional<SealMark> mark(StoreLocation location) {
        return location.sealFile().flatMap(SealMark::read).filter(mark -> mark.number() > 0);
    }
}
