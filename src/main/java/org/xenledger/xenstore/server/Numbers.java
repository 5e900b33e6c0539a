// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import java.util.OptionalInt;

/** Numbers in requests, taken as C's library takes them, since that is what the daemon's answers show. */
final class Numbers {
    private Numbers() {}

    /** As atoi(3): what follows the digits is ignored, and without digits it is 0. */
    static int atoi(String text) {
        int start = skipBlanks(text);
        int digits = skipSign(text, start);
        return (int) parse(text, digits, endOfDigits(text, digits, 10), 10, isNegative(text, start));
    }

    /** As strtol(3) with base 0, of the whole text; empty where something is left over or nothing is there. */
    static OptionalInt strtol(String text) {
        int start = skipBlanks(text);
        int digits = skipSign(text, start);
        int base = 10;
        if (digits < text.length() && text.charAt(digits) == '0') {
            boolean hex = text.regionMatches(true, digits, "0x", 0, 2)
                    && digits + 2 < text.length()
                    && Character.digit(text.charAt(digits + 2), 16) >= 0;
            base = hex ? 16 : 8;
            digits += hex ? 2 : 0;
        }
        int end = endOfDigits(text, digits, base);
        return end == digits || end != text.length()
                ? OptionalInt.empty()
                : OptionalInt.of((int) parse(text, digits, end, base, isNegative(text, start)));
    }

    private static int skipBlanks(String text) {
        int i = 0;
        while (i < text.length() && (text.charAt(i) == ' ' || (text.charAt(i) >= '\t' && text.charAt(i) <= '\r'))) {
            i++;
        }
        return i;
    }

    private static boolean isNegative(String text, int start) {
        return start < text.length() && text.charAt(start) == '-';
    }

    private static int skipSign(String text, int start) {
        boolean signed = start < text.length() && (text.charAt(start) == '-' || text.charAt(start) == '+');
        return signed ? start + 1 : start;
    }

    private static int endOfDigits(String text, int start, int base) {
        int end = start;
        while (end < text.length() && text.charAt(end) < 128 && Character.digit(text.charAt(end), base) >= 0) {
            end++;
        }
        return end;
    }

    /** A long, the nearest one where the number is none. */
    private static long parse(String text, int start, int end, int base, boolean negative) {
        if (start == end) {
            return 0;
        }
        try {
            return Long.parseLong((negative ? "-" : "") + text.substring(start, end), base);
        } catch (NumberFormatException e) {
            return negative ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
