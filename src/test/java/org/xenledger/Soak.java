// SPDX-License-Identifier: Apache-2.0
package org.xenledger;

/**
 * How long the tests with the tag {@code soak} run. {@code mvn -Psoak test} runs them, and nothing else, for as long as
 * each has been promised; {@code -Dsoak.percent=10} makes that a tenth.
 */
public final class Soak {
    private static final int PERCENT = Integer.getInteger("soak.percent", 100);

    private Soak() {}

    /** How many rounds to make, of so many that were promised: at least one. */
    public static int rounds(int promised) {
        return Math.max(1, (int) ((long) promised * PERCENT / 100));
    }
}
