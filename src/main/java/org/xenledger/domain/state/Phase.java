// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.state;

/** Where a device stands according to the ledger. */
public enum Phase {
    /** Seen by us, but never in order: half-plugged by others, or debris. */
    UNKNOWN,
    ATTACHING,
    ATTACHED,
    DETACHING,
    DETACHED
}
