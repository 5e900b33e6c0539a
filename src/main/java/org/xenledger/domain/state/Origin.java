// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.state;

/** Whose intent an operation is. */
public enum Origin {
    OURS,
    OTHERS
}
