// SPDX-License-Identifier: Apache-2.0
package org.xenledger.bench;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** What the figures depend on, in one line. */
final class Machine {
    private Machine() {}

    static String line() throws IOException, InterruptedException {
        FileStore disk = Files.getFileStore(Path.of("."));
        return LocalDate.now(ZoneOffset.UTC) + ", commit " + commit() + ", "
                + Runtime.getRuntime().availableProcessors() + " cores, load "
                + Files.readString(Path.of("/proc/loadavg")).split(" ")[0] + ", JDK " + Runtime.version() + ", "
                + disk.type();
    }

    private static String commit() throws IOException, InterruptedException {
        Process git = new ProcessBuilder("git", "rev-parse", "--short", "HEAD").start();
        String commit = git.inputReader().readLine();
        return git.waitFor() == 0 ? commit : "unknown";
    }
}
