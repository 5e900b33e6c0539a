// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

/**
 * Text of a guest or of a file as it may go to a terminal: no control character, nothing that turns the direction of
 * writing, so that nobody's string can pretend to be ours.
 */
final class TerminalText {
    private TerminalText() {}

    /** The text with everything unprintable as {@code \xNN} or {@code \}{@code uNNNN}. */
    static String of(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (isPlain(c)) {
                safe.appendCodePoint(c);
            } else {
                safe.append(c < 0x100 ? String.format("\\x%02x", c) : String.format("\\u%04x", c));
            }
        });
        return safe.toString();
    }

    /** The same JSON: what is unprintable can only be in its strings, where {@code \}{@code uNNNN} stands for it. */
    static String ofJson(String json) {
        StringBuilder safe = new StringBuilder(json.length());
        json.codePoints().forEach(c -> {
            if (isPlain(c) || c == '\n') {
                safe.appendCodePoint(c);
            } else {
                for (char unit : Character.toChars(c)) {
                    safe.append(String.format("\\u%04x", (int) unit));
                }
            }
        });
        return safe.toString();
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
