// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The process that writes a store, as its marker file tells. The file is no lock (H2 has its own): it says whom to ask,
 * and one that was left behind says that the last writer did not stop in order.
 *
 * @param start when the process started, for a pid is used again
 */
record Holder(long pid, Instant start, String command) {
    static Holder ofThisProcess() {
        ProcessHandle self = ProcessHandle.current();
        return new Holder(self.pid(), startOf(self), self.info().commandLine().orElse("java"));
    }

    /** The holder that the file names; empty where there is no readable file. */
    static Optional<Holder> read(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            return Optional.of(new Holder(Long.parseLong(lines.get(0)), Instant.parse(lines.get(1)), lines.get(2)));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Its name is durable when this returns; what it says is of use only while the process lives. */
    void write(Path file) {
        try {
            Path part = file.resolveSibling(file.getFileName() + ".part");
            Files.write(part, List.of(Long.toString(pid), start.toString(), command.replace('\n', ' ')));
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            WholeFile.sync(file.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether that very process is still there. */
    boolean alive() {
        return ProcessHandle.of(pid)
                .filter(process -> process.isAlive() && startOf(process).equals(start))
                .isPresent();
    }

    @Override
    public String toString() {
        return "process " + pid + " (" + command + ")";
    }

    private static Instant startOf(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }
}
