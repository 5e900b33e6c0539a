// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.xenledger.app.operate.Wiring;

/** Runs the program's commands in this JVM, as {@code main} would. */
final class Cli {
    private final Path store;

    Cli(Path store) {
        this.store = store;
    }

    /** What a command printed and returned. */
    record Result(int status, String out, String err) {}

    Result run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--store", store.toString()));
        return runWithoutStore(all.toArray(String[]::new));
    }

    static Result runWithoutStore(String... arguments) {
        return run(Wiring.PLAIN, arguments);
    }

    /** A command whose operations go through something. */
    static Result run(Wiring wiring, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Main.run(wiring, new PrintWriter(out, true), new PrintWriter(err, true), arguments);
        return new Result(status, out.toString(), err.toString());
    }

    /** A command that looks at one moment of a capture. */
    Result at(Capture.Moment moment, String takenAt, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--xenstore-dump", moment.xenstore().toString()));
        all.addAll(List.of("--userdata", moment.userdata().toString()));
        all.addAll(List.of("--taken-at", takenAt));
        return run(all.toArray(String[]::new));
    }
}
