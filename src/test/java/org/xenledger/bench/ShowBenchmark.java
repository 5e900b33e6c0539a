// SPDX-License-Identifier: Apache-2.0
package org.xenledger.bench;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Random;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.state.DomainState;
import org.xenledger.ledger.Ledger;
import org.xenledger.ledger.LedgerReader;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.StoreLocation;
import org.xenledger.ledger.axon.AxonLedger;
import org.xenledger.reconcile.MergedConfiguration;

/** The configuration at moments of a long past, in a program that has been running for a while. */
final class ShowBenchmark {
    private static final int EVENTS = 10_000;
    private static final int LOOKS = 400;
    private static final double GOAL_MILLIS = 50;

    private ShowBenchmark() {}

    static void run(Path directory, Report report) throws Exception {
        Host before = Host.at(Host.BEFORE);
        Host attached = Host.at(Host.ATTACHED);
        StreamId guest = before.guest();
        long head = 0;
        try (Ledger ledger = AxonLedger.open(Benchmarks.open(directory), Clock.systemUTC())) {
            for (long second = 0; head < EVENTS; second++) {
                (second % 2 == 0 ? before : attached).record(ledger, second);
                head = ledger.durablePosition();
            }
        }
        Samples samples = new Samples();
        Random random = new Random(1);
        try (Store store = Store.openForReading(StoreLocation.ofDirectory(directory), Store.PATIENCE)) {
            LedgerReader reader = new LedgerReader(store);
            for (int i = 0; i < LOOKS; i++) {
                long position = 10L + random.nextInt((int) head - 10);
                (i < LOOKS / 2 ? new Samples() : samples).time(() -> configuration(reader.stateAt(guest, position)));
            }
        }
        report.row(
                Report.text("configuration at a moment, history of %,d events, warm, p50", head),
                Report.text("%.1f ms (p99 %.1f ms)", samples.median(), samples.percentile(99)),
                "",
                "50 ms",
                samples.median() <= GOAL_MILLIS);
    }

    private static void configuration(DomainState state) {
        MergedConfiguration.of(state.incarnation(state.current().orElseThrow()).orElseThrow());
    }
}
