// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

/** Told how far a long piece of work has come. */
@FunctionalInterface
public interface Progress {
    /** For work that nobody watches. */
    Progress NONE = (done, total) -> {};

    void at(long done, long total);
}
