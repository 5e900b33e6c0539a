// SPDX-License-Identifier: Apache-2.0
package org.xenledger.bench;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.xenledger.domain.AnyEvents;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.ledger.Ledger;
import org.xenledger.ledger.Ledgers.Append;
import org.xenledger.ledger.axon.AxonLedger;

/** Eight writers in batches of ten events, against rows of the same shape inserted by plain JDBC. The two take turns. */
final class WritersBenchmark {
    private static final int WRITERS = 8;
    private static final int BATCHES = 50;
    private static final int BATCH = 10;
    private static final int ROUNDS = 6;
    private static final double GOAL = 0.5;

    private WritersBenchmark() {}

    /** What one writer does with one batch. */
    private interface Write {
        void batch(int stream, int batch) throws Exception;
    }

    static void run(Path directory, Report report) throws Exception {
        Samples plain = new Samples();
        Samples ours = new Samples();
        List<DomainEvent> history = AnyEvents.history(1, BATCHES * BATCH);
        try (Ledger ledger = AxonLedger.open(Benchmarks.open(directory.resolve("ledger")), Clock.systemUTC());
                PlainRows rows = PlainRows.open(directory.resolve("plain"), history)) {
            for (int round = 0; round < ROUNDS; round++) {
                int first = round * WRITERS;
                double theirs = rate(first, (stream, batch) -> rows.insert(stream, batch * BATCH, BATCH));
                double mine = rate(
                        first,
                        (stream, batch) -> ledger.handle(new Append(
                                Events.stream(stream), history.subList(batch * BATCH, (batch + 1) * BATCH))));
                if (round > 0) {
                    plain.add(theirs);
                    ours.add(mine);
                }
            }
        }
        double ratio = ours.median() / plain.median();
        report.row(
                "eight writers, ten events a batch",
                Report.text("%.0f events/s", ours.median()),
                Report.text("plain JDBC: %.0f rows/s; %.2fx", plain.median(), ratio),
                "0.5x",
                ratio >= GOAL);
    }

    /** Events in a second, all writers together, each in a stream of its own. */
    private static double rate(int firstStream, Write write) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(WRITERS);
        long start = System.nanoTime();
        List<Future<?>> running = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            int stream = firstStream + writer;
            running.add(pool.submit(() -> {
                for (int batch = 0; batch < BATCHES; batch++) {
                    write.batch(stream, batch);
                }
                return null;
            }));
        }
        for (Future<?> writer : running) {
            writer.get();
        }
        pool.shutdown();
        return WRITERS * BATCHES * BATCH / ((System.nanoTime() - start) / 1e9);
    }
}
