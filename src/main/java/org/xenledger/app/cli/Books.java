// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.xenledger.app.Look;
import org.xenledger.app.Session;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.state.DomainState;
import org.xenledger.domain.template.Secrets;
import org.xenledger.ledger.LedgerReader;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.StoreLocation;
import org.xenledger.toolstack.userdata.UserdataException;
import org.xenledger.xenstore.wire.XenstoreException;

/**
 * What a reading command works on: the ledger's states, and a fresh look where the world can be reached.
 *
 * @param known what the ledger says; empty where there is no ledger yet
 * @param look the look; empty where there is no world to look at, and then {@code blind} says why
 */
record Books(Map<StreamId, DomainState> known, Optional<Look> look, String blind) {
    /** Opens both; the ledger may be missing, for a first look needs none. */
    static Books open(StoreLocation location, Session session, Output output) {
        if (location.isMissing()) {
            return looked(session, new Secrets(new byte[1]), new TreeMap<>());
        }
        try (Store store = Stores.toRead(location, output)) {
            LedgerReader reader = new LedgerReader(store);
            remarkLag(reader, output);
            return looked(session, new Secrets(store.secretKey()), reader.states());
        }
    }

    /** A lagging projection costs time, never a right answer. */
    static void remarkLag(LedgerReader reader, Output output) {
        long lag = reader.lag();
        if (lag > 0) {
            output.remark(
                    "the projection lags " + Output.count(lag, "event") + " behind; `xenledger replay` rebuilds it");
        }
    }

    private static Books looked(Session session, Secrets secrets, Map<StreamId, DomainState> known) {
        try {
            return new Books(known, Optional.of(session.look(secrets, known.values())), "");
        } catch (XenstoreException | UserdataException e) {
            return new Books(known, Optional.empty(), e.getMessage());
        }
    }

    /** The states as a fresh look shows them, or the ledger's alone. */
    Map<StreamId, DomainState> fresh(Session session) {
        return look.map(seen -> session.merged(seen, known)).orElse(known);
    }
}
