// SPDX-License-Identifier: Apache-2.0
package org.xenledger.reconcile.verdict;

/** How much a verdict matters to whoever asked for a check. */
public enum Severity {
    /** Nothing to say. */
    IN_ORDER,
    /** Worth seeing; no difference, or one that is so by design. */
    NOTE,
    /** The views disagree. */
    FINDING
}
