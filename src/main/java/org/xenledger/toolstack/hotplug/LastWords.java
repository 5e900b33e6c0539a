// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.hotplug;

import java.util.List;
import java.util.regex.Pattern;

/** What a program said last, short enough to be kept as a reason; whoever prints that escapes it. */
final class LastWords {
    /** libxl's messages begin with where in its source they come from. */
    private static final Pattern SOURCE = Pattern.compile("^libxl: error: \\S+:\\d+:\\w+: ");

    private static final int MOST_LINES = 3;
    private static final int MOST_CHARACTERS = 300;

    private LastWords() {}

    /** The last lines, after a colon; empty where it said nothing. The first of them mostly names the cause. */
    static String of(String output) {
        List<String> lines = output.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(line -> SOURCE.matcher(line).replaceFirst(""))
                .toList();
        if (lines.isEmpty()) {
            return "";
        }
        String words = String.join("; ", lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size()));
        return ": "
                + (words.length() > MOST_CHARACTERS
                        ? "..." + words.substring(words.length() - MOST_CHARACTERS)
                        : words);
    }
}
