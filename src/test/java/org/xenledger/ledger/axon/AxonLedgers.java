// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.axon;

import org.xenledger.ledger.Ledger;
import org.xenledger.ledger.OpenLedger;

/** Ledgers over parts that a test has put together. */
public final class AxonLedgers {
    private AxonLedgers() {}

    public static Ledger over(OpenLedger parts) {
        return AxonLedger.open(parts, configurer -> {});
    }
}
