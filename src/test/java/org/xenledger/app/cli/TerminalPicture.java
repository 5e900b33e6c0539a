// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import java.util.List;

/** Draws lines of text as a terminal window, in SVG. */
final class TerminalPicture {
    private static final int CHARACTER = 8;
    private static final int LINE = 18;
    private static final int MARGIN = 20;
    private static final int TITLE = 30;

    private TerminalPicture() {}

    static String svg(String title, List<String> lines) {
        int columns = lines.stream().mapToInt(String::length).max().orElse(0);
        int width = columns * CHARACTER + 2 * MARGIN;
        int height = lines.size() * LINE + 2 * MARGIN + TITLE;
        StringBuilder svg = new StringBuilder();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">\n"
                .formatted(width, height));
        svg.append("<title>%s</title>\n".formatted(escape(title)));
        svg.append("<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#16181d\"/>\n");
        svg.append("<g fill=\"#5a6270\"><circle cx=\"20\" cy=\"18\" r=\"6\"/><circle cx=\"40\" cy=\"18\" r=\"6\"/>"
                + "<circle cx=\"60\" cy=\"18\" r=\"6\"/></g>\n");
        svg.append("<g font-family=\"ui-monospace,DejaVu Sans Mono,Menlo,Consolas,monospace\" font-size=\"13\""
                + " xml:space=\"preserve\">\n");
        int y = TITLE + MARGIN;
        for (String line : lines) {
            svg.append(
                    "<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>\n".formatted(MARGIN, y, colour(line), escape(line)));
            y += LINE;
        }
        return svg.append("</g>\n</svg>\n").toString();
    }

    private static String colour(String line) {
        if (line.startsWith("#")) {
            return "#8b94a5";
        }
        if (line.startsWith("$")) {
            return "#8fd3ff";
        }
        return line.startsWith("finding") ? "#ffb86b" : "#e4e8ef";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
