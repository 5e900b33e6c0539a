// SPDX-License-Identifier: Apache-2.0
package org.xenledger.bench;

import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.xenledger.ledger.NewEvent;
import org.xenledger.ledger.OpenLedger;
import org.xenledger.ledger.Progress;
import org.xenledger.ledger.StoreLocation;
import org.xenledger.ledger.projection.Replay;

/** A million events into the projections, against reading the same rows and parsing what they hold. They take turns. */
final class ReplayBenchmark {
    private static final int STREAMS = 500;
    private static final int LENGTH = 2000;
    private static final int HISTORIES = 10;
    private static final int CHUNK = 200;
    private static final int ROUNDS = 3;
    private static final double GOAL = 2;
    private static final String PAGE = """
            SELECT global_index, stream, sequence, kind, revision, payload FROM event
            WHERE global_index > ? ORDER BY global_index FETCH FIRST 2000 ROWS ONLY""";

    private ReplayBenchmark() {}

    static void run(Path directory, Report report) throws Exception {
        Samples raw = new Samples();
        Samples ours = new Samples();
        try (OpenLedger ledger = new OpenLedger(Benchmarks.open(directory), Clock.systemUTC());
                Connection connection = DriverManager.getConnection(
                        StoreLocation.ofDirectory(directory).url())) {
            write(ledger);
            Replay replay = new Replay(ledger);
            for (int round = 0; round < ROUNDS; round++) {
                raw.time(() -> read(connection));
                ours.time(() -> replay.rebuild(Progress.NONE));
            }
        }
        double ratio = ours.median() / raw.median();
        report.row(
                Report.text("replay of %,d events", STREAMS * LENGTH),
                Report.text("%.1f s", ours.median() / 1000),
                Report.text("read and parse the rows: %.1f s; %.1fx", raw.median() / 1000, ratio),
                "2x",
                ratio <= GOAL);
    }

    /** The streams grow together, a piece of each by turns. */
    private static void write(OpenLedger ledger) throws Exception {
        List<List<NewEvent>> histories = new ArrayList<>();
        for (int seed = 0; seed < HISTORIES; seed++) {
            histories.add(Events.history(Events.stream(seed), seed, LENGTH));
        }
        for (int from = 0; from < LENGTH; from += CHUNK) {
            for (int stream = 0; stream < STREAMS; stream++) {
                List<NewEvent> piece = new ArrayList<>();
                for (NewEvent event : histories.get(stream % HISTORIES).subList(from, from + CHUNK)) {
                    piece.add(new NewEvent(Events.stream(stream), event.sequence(), event.id(), event.event(), null));
                }
                Events.append(ledger, piece);
            }
        }
    }

    private static void read(Connection connection) throws Exception {
        ObjectReader reader = JsonMapper.builder().build().reader();
        try (PreparedStatement page = connection.prepareStatement(PAGE)) {
            long last = 0;
            long before;
            do {
                before = last;
                page.setLong(1, last);
                try (ResultSet row = page.executeQuery()) {
                    while (row.next()) {
                        last = row.getLong(1);
                        row.getString(2);
                        row.getLong(3);
                        row.getString(4);
                        row.getInt(5);
                        if (!reader.readTree(row.getBytes(6)).isObject()) {
                            throw new IllegalStateException("event " + last + " is no object");
                        }
                    }
                }
            } while (last > before);
        }
    }
}
