// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.state;

/** Where a device stands according to the ledger. */
public enum Phase {
    ATTACHING,
    ATTACHED,
    DETACHING,
    DETACHED
}
