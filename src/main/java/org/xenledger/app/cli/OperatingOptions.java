// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.xenledger.app.Session;
import org.xenledger.app.UsageException;
import org.xenledger.app.operate.Ended;
import org.xenledger.app.operate.Operator;
import org.xenledger.app.operate.Operator.Resumed;
import org.xenledger.toolstack.hotplug.Limits;
import picocli.CommandLine.Option;

/** What the commands that change the world have in common. */
final class OperatingOptions {
    private static final String STOPPED =
            "stopped by a signal: what is half done stays as it is until `xenledger heal`,"
                    + " or the next attach or detach, finishes or undoes it";

    @Option(
            names = "--limit",
            paramLabel = "WHAT=SECONDS",
            description = "how long to wait for: backend, script, frontend, close, lock (default: as libxl does)")
    private Map<String, Integer> limits = new LinkedHashMap<>();

    @Option(names = "--foreign", description = "also where libvirt manages the domain")
    boolean foreign;

    /** Opens ledger and host to work on them. */
    Operator open(Main main, String command) {
        Session session = main.session();
        if (session.settings().fromDump()) {
            throw new UsageException("a dump cannot be changed: leave out --xenstore-dump");
        }
        Output output = main.output();
        Limits chosen = limits();
        return Operator.open(
                session,
                command,
                Stores.toWrite(main.store(), output),
                chosen,
                main.wiring(),
                () -> output.remark(STOPPED));
    }

    /** Takes up what dead processes left, and carries one operation out beside it. */
    int operate(Main main, String command, Function<Operator, CompletableFuture<Ended>> operation) {
        OperationLines lines = new OperationLines(main.output());
        try (Operator operator = open(main, command)) {
            List<Resumed> resumed = operator.recover(any -> true, false);
            try {
                return lines.ended(Operator.endOf(operation.apply(operator)));
            } finally {
                lines.resumedBeside(resumed);
            }
        }
    }

    private Limits limits() {
        Limits chosen = Limits.LIBXL;
        for (Map.Entry<String, Integer> limit : limits.entrySet()) {
            if (limit.getValue() < 1) {
                throw new UsageException("--limit " + limit.getKey() + " must be at least 1 second");
            }
            chosen = chosen.with(limit.getKey(), Duration.ofSeconds(limit.getValue()))
                    .orElseThrow(() -> new UsageException("--limit knows no \"" + limit.getKey()
                            + "\": give one of backend, script, frontend, close, lock"));
        }
        return chosen;
    }
}
