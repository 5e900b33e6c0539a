// SPDX-License-Identifier: Apache-2.0
package org.xenledger.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import org.xenledger.domain.event.RecordedEvent;
import org.xenledger.ledger.EventCodec;
import org.xenledger.ledger.Ledger;
import org.xenledger.ledger.StoreLocation;
import org.xenledger.ledger.axon.AxonLedger;

/** What the store grows by: for a disk that is attached and detached, and in a day in which nothing happens. */
final class SizeBenchmark {
    private static final int ATTACHES = 1000;
    private static final int MINUTES = 24 * 60;

    private SizeBenchmark() {}

    static void run(Path directory, Report report) throws Exception {
        Host before = Host.at(Host.BEFORE);
        Host attached = Host.at(Host.ATTACHED);
        EventCodec codec = new EventCodec();
        long payload = 0;
        long events = 0;
        record(directory, before, 0);
        long empty = compacted(directory);
        try (Ledger ledger = AxonLedger.open(Benchmarks.open(directory), Clock.systemUTC())) {
            for (int i = 1; i <= ATTACHES; i++) {
                List<RecordedEvent> attach = attached.record(ledger, 2L * i);
                events += attach.size();
                payload += attach.stream()
                        .mapToLong(event -> codec.encode(event.event()).length)
                        .sum();
                before.record(ledger, 2L * i + 1);
            }
        }
        long pair = (compacted(directory) - empty) / ATTACHES;
        report.row(
                "store, for each attach and its detach",
                Report.text("%,d bytes", pair),
                Report.text(
                        "compacted; an attach is %d events with %,d bytes of payload",
                        events / ATTACHES, payload / ATTACHES));
        quietDay(directory, before, report);
    }

    private static void quietDay(Path directory, Host host, Report report) throws IOException {
        int again = record(directory, host, 1_000_000);
        long size = size(directory);
        Samples files = new Samples();
        for (int minute = 1; minute <= MINUTES; minute++) {
            again += record(directory, host, 1_000_000 + 60L * minute);
            files.add((double) size(directory));
        }
        report.row(
                "store, in a quiet day of one record a minute",
                Report.text("%,d bytes, %d events", size(directory) - size, again),
                Report.text("the file: %,d bytes at first, %,d at most", size, (long) files.percentile(100)));
    }

    /** As the command does it: the store is opened and closed. */
    private static int record(Path directory, Host host, long second) {
        try (Ledger ledger = AxonLedger.open(Benchmarks.open(directory), Clock.systemUTC())) {
            return host.record(ledger, second).size();
        }
    }

    private static long compacted(Path directory) throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection(
                        StoreLocation.ofDirectory(directory).url());
                Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN COMPACT");
        }
        return size(directory);
    }

    private static long size(Path directory) throws IOException {
        return Files.size(directory.resolve("ledger.mv.db"));
    }
}
