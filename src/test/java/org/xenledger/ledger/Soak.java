// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

/** How long the tests with the tag {@code soak} run. */
public final class Soak {
    private Soak() {}

    /** How many rounds to make: as many as promised, or what {@code -Dsoak.rounds} says where that is fewer. */
    public static int rounds(int promised) {
        return Math.min(promised, Integer.getInteger("soak.rounds", promised));
    }
}
