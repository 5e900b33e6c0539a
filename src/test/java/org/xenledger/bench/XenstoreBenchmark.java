// SPDX-License-Identifier: Apache-2.0
package org.xenledger.bench;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.xenledger.xenstore.LiveMirror;
import org.xenledger.xenstore.MirrorView;
import org.xenledger.xenstore.RawSocket;
import org.xenledger.xenstore.ReadLimits;
import org.xenledger.xenstore.RealXenstored;
import org.xenledger.xenstore.Snapshot;
import org.xenledger.xenstore.client.XenstoreClient;

/** A large host's xenstore, read from the real daemon; xenstore-ls and a reader that keeps nothing do the same. */
final class XenstoreBenchmark {
    private static final int RUNS = 3;
    private static final int CHANGES = 200;
    private static final int GOAL_HEAP = 40;
    private static final int HEAP_SECONDS = 45;
    private static final List<Integer> HEAPS = List.of(24, 32, 40, 48, 64, 96);

    private XenstoreBenchmark() {}

    static void run(Path directory, Report report) throws Exception {
        try (RealXenstored daemon = RealXenstored.start(RealXenstored.Daemon.XENSTORED);
                XenstoreClient client = XenstoreClient.open(daemon.socket());
                XenstoreClient other = XenstoreClient.open(daemon.socket())) {
            int nodes = LargeHost.fill(other);
            int reads = read(client);
            report.row(
                    Report.text("nodes of %,d domains with 5 devices each", LargeHost.DOMAINS),
                    Report.text("%,d", nodes),
                    "");
            if (reads != nodes) {
                throw new IllegalStateException("read " + reads + " nodes of " + nodes);
            }
            compare("two cores", daemon, client, "1", "2", 0.2, report);
            compare("one core", daemon, client, "1", "1", 0.75, report);
            pin(ProcessHandle.current().pid(), "3");
            pin(daemon.pid(), "3");
            heap(daemon.socket(), report);
            mirror(client, other, report);
        }
    }

    private static int read(XenstoreClient client) {
        return LargeHost.count(Snapshot.HOST.read(client).root());
    }

    /** By turns, on these processors; xenstore-ls inherits ours. */
    private static void compare(
            String where,
            RealXenstored daemon,
            XenstoreClient client,
            String ours,
            String daemons,
            double goal,
            Report report)
            throws Exception {
        pin(ProcessHandle.current().pid(), ours);
        pin(daemon.pid(), daemons);
        Samples snapshot = new Samples();
        Samples bare = new Samples();
        Samples ls = new Samples();
        Samples daemonAlone = new Samples();
        for (int i = 0; i < RUNS; i++) {
            ls.time(() -> list(daemon.socket()));
            double before = processorMillis(daemon);
            bare.time(() -> bare(daemon.socket()));
            daemonAlone.add(processorMillis(daemon) - before);
            snapshot.time(() -> read(client));
        }
        report.row(
                "the whole tree, " + where,
                Report.text("%.0f ms", snapshot.median()),
                Report.text("`xenstore-ls -f`: %.0f ms; %.2fx", ls.median(), snapshot.median() / ls.median()),
                goal + "x",
                snapshot.median() <= goal * ls.median());
        report.row(
                "the same",
                Report.text("%.0f ms", snapshot.median()),
                Report.text(
                        "a reader that keeps nothing: %.0f ms; %.2fx",
                        bare.median(), snapshot.median() / bare.median()),
                "1.2x",
                snapshot.median() <= 1.2 * bare.median());
        report.row(
                "the daemon's own processor time for that reader: no client can be faster",
                Report.text("%.0f ms", daemonAlone.median()),
                Report.text("`xenstore-ls -f`: %.2fx", daemonAlone.median() / ls.median()));
    }

    private static double processorMillis(RealXenstored daemon) {
        return ProcessHandle.of(daemon.pid())
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow()
                .toMillis();
    }

    private static void bare(Path socket) {
        try (RawSocket connection = new RawSocket(socket)) {
            new BareReader(connection).read(Snapshot.DOMAIN_ROOTS);
        }
    }

    private static void list(Path socket) throws Exception {
        ProcessBuilder command = new ProcessBuilder("xenstore-ls", "-f")
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.INHERIT);
        command.environment().put("XENSTORED_PATH", socket.toString());
        if (command.start().waitFor() != 0) {
            throw new IllegalStateException("xenstore-ls failed");
        }
    }

    private static void pin(long pid, String mask) throws Exception {
        Process process = new ProcessBuilder("taskset", "-a", "-p", mask, Long.toString(pid))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.INHERIT)
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("cannot choose processors: install taskset (Debian: util-linux)");
        }
    }

    /** The smallest heap in which a program of its own can hold the tree. */
    private static void heap(Path socket, Report report) throws Exception {
        int enough = 0;
        for (int megabytes : HEAPS) {
            Process process = new ProcessBuilder(
                            System.getProperty("java.home") + "/bin/java",
                            "-Xmx" + megabytes + "m",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            LargeHost.class.getName(),
                            socket.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.DISCARD)
                    .start();
            // a heap that is nearly too small is all collections
            boolean ended = process.waitFor(HEAP_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly().waitFor();
            if (ended && process.exitValue() == 0) {
                enough = megabytes;
                break;
            }
        }
        report.row(
                "smallest heap that is enough to read and hold it",
                enough + " MB",
                "of " + HEAPS,
                GOAL_HEAP + " MB",
                enough > 0 && enough <= GOAL_HEAP);
    }

    private static void mirror(XenstoreClient client, XenstoreClient other, Report report) throws Exception {
        BlockingQueue<MirrorView> views = new LinkedBlockingQueue<>();
        Samples seen = new Samples();
        try (LiveMirror mirror =
                LiveMirror.open(client, Snapshot.DOMAIN_ROOTS, ReadLimits.DEFAULT, Clock.systemUTC(), views::add)) {
            Thread.sleep(Duration.ofSeconds(2).toMillis());
            long before = client.requests();
            for (int i = 0; i < 1000; i++) {
                LargeHost.count(mirror.view()
                        .tree()
                        .find("/libxl/" + (1 + i % LargeHost.DOMAINS))
                        .orElseThrow());
            }
            long requests = client.requests() - before;
            report.row(
                    "requests for 1,000 looks at an unchanged mirror", Long.toString(requests), "", "0", requests == 0);
            for (int i = 0; i < CHANGES; i++) {
                String path = LargeHost.state(1 + i * 3 % LargeHost.DOMAINS, i % 5);
                String value = Integer.toString(10 + i);
                seen.time(() -> {
                    other.write(path, value);
                    while (!mirror.view().tree().value(path).orElse("").equals(value)) {
                        views.poll(100, TimeUnit.MILLISECONDS);
                    }
                });
            }
        }
        report.row(
                "a changed device is seen in the mirror, p50",
                Report.text("%.2f ms (p99 %.1f ms)", seen.median(), seen.percentile(99)),
                "",
                "5 ms",
                seen.median() <= 5);
    }
}
