// SPDX-License-Identifier: Apache-2.0
package org.xenledger.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A command as people start it, by the launcher, in a process of its own. */
final class Launched {
    private static final String PEAK = "VmHWM:";

    private final List<String> command = new ArrayList<>(List.of("./xenledger"));

    Launched(String... arguments) {
        command.addAll(List.of(arguments));
    }

    /** Runs to the end; gives the milliseconds to the first byte of output, and adds those to the end. */
    double firstOutput(Samples whole) throws Exception {
        long start = System.nanoTime();
        Process process = start(Redirect.PIPE);
        double first;
        try (InputStream out = process.getInputStream()) {
            int read = out.read();
            first = (System.nanoTime() - start) / 1e6;
            if (read < 0) {
                throw new IllegalStateException(command + " printed nothing");
            }
            out.transferTo(OutputStream.nullOutputStream());
        }
        process.waitFor();
        whole.add((System.nanoTime() - start) / 1e6);
        return first;
    }

    /**
     * What a command took.
     *
     * @param megabytes the most memory it had
     * @param millis of a processor; on a machine that is busy with other things a better measure than the time
     */
    record Use(double megabytes, double millis) {}

    /** Asked for every few milliseconds, for the kernel forgets it with the process. */
    Use use() throws Exception {
        Process process = start(Redirect.DISCARD);
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        double peak = 0;
        double millis = 0;
        while (process.isAlive()) {
            peak = Math.max(peak, peak(status));
            millis = Math.max(
                    millis,
                    process.info().totalCpuDuration().map(Duration::toMillis).orElse(0L));
            Thread.sleep(2);
        }
        return new Use(peak, millis);
    }

    private Process start(Redirect output) throws IOException {
        return new ProcessBuilder(command)
                .redirectOutput(output)
                .redirectError(Redirect.DISCARD)
                .start();
    }

    private static double peak(Path status) {
        try {
            return Files.readAllLines(status).stream()
                            .filter(line -> line.startsWith(PEAK))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .findFirst()
                            .orElse(0)
                    / 1024.0;
        } catch (IOException e) {
            return 0;
        }
    }
}
