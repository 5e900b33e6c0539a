// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import org.xenledger.ledger.Damage;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.StoreLocation;
import org.xenledger.ledger.integrity.SelfCheck;

/** How commands open the ledger's store. */
final class Stores {
    private Stores() {}

    /** To write it; after an unclean stop it is checked first. */
    static Store toWrite(StoreLocation location, Output output) {
        try (Bar bar = Bar.on(output.err(), "check", " rows")) {
            return SelfCheck.open(location, Store.PATIENCE, bar);
        }
    }

    /** As {@link #toWrite}, but there must be one. */
    static Store existing(StoreLocation location, Output output) {
        if (location.isMissing()) {
            throw Store.missing(location);
        }
        return toWrite(location, output);
    }

    /** To read it; where events are lost or damaged, what is left, and a remark. */
    static Store toRead(StoreLocation location, Output output) {
        Store store = Store.openForReading(location, Store.PATIENCE);
        store.loss().ifPresent(output::remark);
        Damage.marked(location)
                .map(why -> "the ledger at " + location + " is damaged: " + why)
                .ifPresent(output::remark);
        return store;
    }
}
