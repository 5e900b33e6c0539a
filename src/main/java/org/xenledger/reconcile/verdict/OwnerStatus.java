// SPDX-License-Identifier: Apache-2.0
package org.xenledger.reconcile.verdict;

/** What is known of the process that carries out an operation. */
public enum OwnerStatus {
    NONE,
    ALIVE,
    DEAD,
    /** It is another host's, or not one of ours. */
    UNKNOWN
}
