// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import java.util.Optional;

/**
 * Values as xenstore-ls writes them (sanitise_value in tools/xs-clients/xenstore_client.c): printable ASCII as it is,
 * the others as {@code \t \n \r \\}, {@code \ooo} below 8, else {@code \xhh}.
 */
final class Escapes {
    private Escapes() {}

    /** The value, one character for each byte; empty where an escape is none of these. */
    static Optional<String> undo(String text) {
        StringBuilder value = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            if (text.charAt(i) != '\\') {
                value.append(text.charAt(i++));
                continue;
            }
            int length = lengthAt(text, i);
            int c = i + length <= text.length() ? decode(text.substring(i + 1, i + length)) : -1;
            if (c < 0) {
                return Optional.empty();
            }
            value.append((char) c);
            i += length;
        }
        return Optional.of(value.toString());
    }

    /** What can be told of a value that was cut off anywhere, also within an escape. */
    static Optional<String> undoCut(String text) {
        int end = text.length();
        for (int i = 0; i < text.length(); i += text.charAt(i) == '\\' ? lengthAt(text, i) : 1) {
            if (text.charAt(i) == '\\' && i + lengthAt(text, i) > text.length()) {
                end = i;
            }
        }
        return undo(text.substring(0, end));
    }

    private static int lengthAt(String text, int backslash) {
        char kind = backslash + 1 < text.length() ? text.charAt(backslash + 1) : '\\';
        return kind == 'x' || (kind >= '0' && kind <= '7') ? 4 : 2;
    }

    /** The byte of an escape without its backslash, or -1. */
    private static int decode(String escape) {
        return switch (escape) {
            case "t" -> '\t';
            case "n" -> '\n';
            case "r" -> '\r';
            case "\\" -> '\\';
            default -> {
                if (escape.matches("00[0-7]")) {
                    yield Integer.parseInt(escape, 8);
                }
                yield escape.matches("x[0-9a-f]{2}") ? Integer.parseInt(escape.substring(1), 16) : -1;
            }
        };
    }
}
