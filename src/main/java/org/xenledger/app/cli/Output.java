// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import org.xenledger.domain.template.LibxlStyle;

/** Where a command's words go: results to standard output, remarks to standard error. */
record Output(PrintWriter out, PrintWriter err, OutputForm form) {
    boolean json() {
        return form == OutputForm.JSON;
    }

    /** A value as JSON, safe for a terminal. */
    void print(JsonNode value) {
        out.println(TerminalText.ofJson(LibxlStyle.print(value)));
    }

    /** A line of a result, safe for a terminal. */
    void line(String text) {
        out.println(TerminalText.of(text));
    }

    /** {@code 1 event}, {@code 2 events}. */
    static String count(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    /** A line beside the result, safe for a terminal. */
    void remark(String text) {
        err.println("xenledger: " + TerminalText.of(text));
    }
}
