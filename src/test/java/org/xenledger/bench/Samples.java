// SPDX-License-Identifier: Apache-2.0
package org.xenledger.bench;

import java.util.ArrayList;
import java.util.List;

/** Numbers that were measured, and what stands for them. */
final class Samples {
    private final List<Double> values = new ArrayList<>();

    void add(double value) {
        values.add(value);
    }

    double median() {
        return percentile(50);
    }

    double percentile(int percent) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }

    /** Something timed. */
    interface Work {
        void run() throws Exception;
    }

    /** Does something and adds how many milliseconds it took. */
    void time(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        add((System.nanoTime() - start) / 1e6);
    }
}
