// SPDX-License-Identifier: Apache-2.0
package org.xenledger.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.StoreLocation;

/** Runs the benchmarks, all or those that are named, and prints their table. */
final class Benchmarks {
    /** Measures in an empty directory and reports. */
    interface Benchmark {
        void run(Path directory, Report report) throws Exception;
    }

    private static final Map<String, Benchmark> ALL = new LinkedHashMap<>();

    static {
        ALL.put("start", StartBenchmark::run);
        ALL.put("append", AppendBenchmark::run);
        ALL.put("writers", WritersBenchmark::run);
        ALL.put("show", ShowBenchmark::run);
        ALL.put("size", SizeBenchmark::run);
        ALL.put("replay", ReplayBenchmark::run);
        ALL.put("attach", AttachBenchmark::run);
        ALL.put("xenstore", XenstoreBenchmark::run);
    }

    private Benchmarks() {}

    public static void main(String[] names) throws Exception {
        Logger.getLogger("").setLevel(Level.WARNING);
        Path directory = Files.createDirectories(Path.of("target/bench"));
        Report report = new Report();
        for (String name : names.length == 0 ? ALL.keySet() : List.of(names)) {
            System.err.println("measuring " + name);
            ALL.get(name).run(Files.createTempDirectory(directory, name), report);
        }
        System.out.println();
        System.out.println(Machine.line());
        report.print();
    }

    static Store open(Path directory) {
        return Store.openForWriting(StoreLocation.ofDirectory(directory), Store.PATIENCE);
    }
}
