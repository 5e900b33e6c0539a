// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import org.xenledger.app.Moment;
import org.xenledger.app.UsageException;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.state.DomainState;
import org.xenledger.ledger.LedgerReader;

/** States of the past. */
final class Moments {
    private Moments() {}

    /**
     * The domain as it was at a moment, from the ledger alone.
     *
     * @throws UsageException when the ledger did not know it yet
     */
    static DomainState state(LedgerReader reader, StreamId stream, Moment moment) {
        DomainState state = moment instanceof Moment.After after
                ? reader.stateAt(stream, after.position())
                : reader.stateAt(stream, ((Moment.At) moment).time());
        if (state.version() == 0) {
            throw new UsageException("nothing was recorded of " + stream + " at that moment: `xenledger history "
                    + stream + "` shows the moments that there are");
        }
        return state;
    }
}
