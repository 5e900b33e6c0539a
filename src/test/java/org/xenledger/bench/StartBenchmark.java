// SPDX-License-Identifier: Apache-2.0
package org.xenledger.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whole commands, from the launcher to the last byte. */
final class StartBenchmark {
    private static final int RUNS = 10;
    private static final double GOAL_MILLIS = 500;

    private StartBenchmark() {}

    static void run(Path directory, Report report) throws Exception {
        Path store = directory.resolve("ledger");
        new Launched("--help").firstOutput(new Samples());
        record(directory, store, report);
        reading(report, "show --at, ledger only", command(store, null, "show", Host.GUEST, "--at", "5"));
        reading(report, "show with a dump", command(store, Host.ATTACHED, "show", Host.GUEST));
        reading(report, "list with a dump", command(store, Host.ATTACHED, "list"));
        reading(report, "history", command(store, null, "history", Host.GUEST));
        reading(report, "check with a dump", command(store, Host.ATTACHED, "check"));
    }

    /** An attach and a detach by turns, so that each run appends; the first makes the store and is not counted. */
    private static void record(Path directory, Path store, Report report) throws Exception {
        Samples whole = new Samples();
        command(store, Host.BEFORE, "record").firstOutput(new Samples());
        for (int i = 0; i < RUNS; i++) {
            command(store, i % 2 == 0 ? Host.ATTACHED : Host.BEFORE, "record").firstOutput(whole);
        }
        Path other = directory.resolve("other");
        Launched.Use making = command(other, Host.BEFORE, "record").use();
        Launched.Use use = command(other, Host.ATTACHED, "record").use();
        report.row(
                "`record` of an attach, the whole command",
                Report.text("%.0f ms", whole.median()),
                Report.text("%s; when it makes the store %s", text(use), text(making)));
    }

    private static void reading(Report report, String what, Launched command) throws Exception {
        Samples first = new Samples();
        Samples whole = new Samples();
        for (int i = 0; i < RUNS; i++) {
            first.add(command.firstOutput(whole));
        }
        report.row(
                "`" + what + "`, to its first output",
                Report.text("%.0f ms", first.median()),
                Report.text("%.0f ms to its end; %s", whole.median(), text(command.use())),
                "500 ms",
                first.median() <= GOAL_MILLIS);
    }

    private static String text(Launched.Use use) {
        return Report.text("%.0f ms of a processor, %.0f MB at most", use.millis(), use.megabytes());
    }

    private static Launched command(Path store, Path moment, String... words) {
        List<String> arguments = new ArrayList<>(List.of(words));
        arguments.addAll(List.of("--store", store.toString()));
        if (moment != null) {
            arguments.addAll(List.of(
                    "--xenstore-dump", moment.resolve("xenstore-all.txt").toString(),
                    "--userdata", moment.resolve("userdata").toString()));
        }
        return new Launched(arguments.toArray(String[]::new));
    }
}
