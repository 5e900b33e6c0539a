// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

/**
 * Lets equal texts be one object, as most names and many values of a store are the same few. It remembers a bounded number
 * of them, so that no store can make it large.
 */
final class SameTexts {
    private static final int SLOTS = 1 << 12;
    private static final int LONGEST = 64;

    private final String[] known = new String[SLOTS];

    String of(String text) {
        if (text.length() > LONGEST) {
            return text;
        }
        int hash = text.hashCode();
        int slot = (hash ^ hash >>> 12 ^ hash >>> 24) & SLOTS - 1;
        String same = known[slot];
        if (text.equals(same)) {
            return same;
        }
        known[slot] = text;
        return text;
    }
}
