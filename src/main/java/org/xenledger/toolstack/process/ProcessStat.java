// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What /proc/PID/stat says of a running process: proc_pid_stat(5).
 *
 * @param parent the pid of its parent; 1 or a subreaper's after the parent's end
 * @param session the pid of the process that began its session; that one may be gone
 */
public record ProcessStat(ProcessIdentity identity, long parent, long session) {
    private static final Path PROC = Path.of("/proc");
    private static final int TICK_MILLIS = 10; // USER_HZ is 100 on every architecture that Xen runs on

    private static final int STATE = 0;
    private static final int PARENT = 1;
    private static final int SESSION = 3;
    private static final int START = 19;

    /** Empty where there is no such process, or one that has ended and is not yet waited for. */
    public static Optional<ProcessStat> of(long pid) {
        try {
            String line = Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
            // the second field is the name in parentheses, and may have blanks and parentheses in it
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
            if (fields[STATE].equals("Z") || fields[STATE].equals("X")) {
                return Optional.empty();
            }
            return Optional.of(new ProcessStat(
                    new ProcessIdentity(pid, Long.parseLong(fields[START])),
                    Long.parseLong(fields[PARENT]),
                    Long.parseLong(fields[SESSION])));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** All processes that run now, as far as one pass through /proc can tell. */
    public static List<ProcessStat> all() {
        List<ProcessStat> all = new ArrayList<>();
        try (Stream<Path> entries = Files.list(PROC)) {
            entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.chars().allMatch(c -> c >= '0' && c <= '9'))
                    .forEach(name -> of(Long.parseLong(name)).ifPresent(all::add));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list /proc", e);
        }
        return all;
    }

    /** How long it has run, to a hundredth of a second. */
    public Duration age() {
        try {
            String uptime = Files.readString(PROC.resolve("uptime"));
            long now = Math.round(Double.parseDouble(uptime.substring(0, uptime.indexOf(' '))) * 1000);
            return Duration.ofMillis(Math.max(0, now - identity.start() * TICK_MILLIS));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read /proc/uptime", e);
        }
    }

    /** Its arguments; none for a thread of the kernel, or when it has gone. */
    public List<String> arguments() {
        return strings("cmdline");
    }

    /** The environment that it was started with, as {@code NAME=value}; empty also where we may not read it. */
    public List<String> environment() {
        return strings("environ");
    }

    private List<String> strings(String file) {
        try {
            String all = Files.readString(PROC.resolve(identity.pid() + "/" + file), StandardCharsets.ISO_8859_1);
            return all.isEmpty() ? List.of() : List.of(all.split("\0"));
        } catch (IOException e) {
            return List.of();
        }
    }
}
