// SPDX-License-Identifier: Apache-2.0
package org.xenledger.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table, in Markdown. */
final class Report {
    private final List<String> rows = new ArrayList<>();

    Report() {
        rows.add("| What | Measured | Compared with | Goal | |");
        rows.add("|---|---|---|---|---|");
    }

    /** A figure with no goal. */
    void row(String what, String measured, String comparedWith) {
        rows.add("| " + String.join(" | ", what, measured, comparedWith, "", "") + " |");
    }

    void row(String what, String measured, String comparedWith, String goal, boolean met) {
        rows.add("| " + String.join(" | ", what, measured, comparedWith, goal, met ? "met" : "**missed**") + " |");
    }

    void print() {
        System.out.println();
        rows.forEach(System.out::println);
    }

    @SuppressWarnings("AnnotateFormatMethod")
    static String text(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
