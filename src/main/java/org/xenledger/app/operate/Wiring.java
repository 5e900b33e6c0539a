// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.operate;

import org.xenledger.domain.operation.Toolstack;
import org.xenledger.ledger.Ledger;

/** How the parts of an {@link Operator} are put together: something may be put in between. */
public interface Wiring {
    /** As they are. */
    Wiring PLAIN = new Wiring() {};

    /** What operations do to the world goes through this. */
    default Toolstack around(Toolstack toolstack) {
        return toolstack;
    }

    /** What operations tell the ledger goes through this. */
    default Ledger around(Ledger ledger) {
        return ledger;
    }
}
