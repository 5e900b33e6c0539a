// SPDX-License-Identifier: Apache-2.0
package org.xenledger.bench;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.xenledger.ledger.NewEvent;
import org.xenledger.ledger.OpenLedger;

/** One event made durable by one writer, against 512 bytes appended to a file and forced. The two take turns. */
final class AppendBenchmark {
    private static final int EVENTS = 4000;
    private static final int WARM_UP = 1000;
    private static final int BYTES = 512;
    private static final double GOAL = 4;

    private AppendBenchmark() {}

    static void run(Path directory, Report report) throws Exception {
        Samples raw = new Samples();
        Samples ours = new Samples();
        List<NewEvent> history = Events.history(Events.stream(1), 1, EVENTS);
        try (OpenLedger ledger = new OpenLedger(Benchmarks.open(directory.resolve("ledger")), Clock.systemUTC());
                FileChannel file = FileChannel.open(directory.resolve("raw"), CREATE, APPEND)) {
            for (int i = 0; i < history.size(); i++) {
                boolean measured = i >= WARM_UP;
                NewEvent event = history.get(i);
                (measured ? raw : new Samples()).time(() -> {
                    file.write(ByteBuffer.allocate(BYTES));
                    file.force(false);
                });
                (measured ? ours : new Samples()).time(() -> Events.append(ledger, List.of(event)));
            }
        }
        double ratio = ours.median() / raw.median();
        report.row(
                "append of one event, one writer, p50",
                Report.text("%.2f ms", ours.median()),
                Report.text("512 bytes and force: %.2f ms; %.1fx", raw.median(), ratio),
                "4x",
                ratio <= GOAL);
        report.row(
                "the same, p99",
                Report.text("%.1f ms", ours.percentile(99)),
                Report.text("%.1f ms; %.1fx", raw.percentile(99), ours.percentile(99) / raw.percentile(99)));
    }
}
