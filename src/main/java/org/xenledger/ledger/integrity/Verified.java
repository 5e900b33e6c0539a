// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.integrity;

import java.util.Optional;
import java.util.UUID;

/**
 * What a verification found.
 *
 * @param store the store's own id
 * @param events how many events are valid, from the first one on
 * @param lastValid the last of them; null where there is none
 * @param sealed the fingerprint of the last seal that is valid
 * @param unsealed how many of the valid events come after it: committed, and not covered by a seal yet
 * @param broken where the ledger is broken; empty when it is not
 */
public record Verified(
        UUID store, long events, Place lastValid, Fingerprint sealed, long unsealed, Optional<Break> broken) {
    public boolean valid() {
        return broken.isEmpty();
    }
}
