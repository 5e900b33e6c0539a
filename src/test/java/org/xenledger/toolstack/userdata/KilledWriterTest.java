// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.userdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenledger.Soak;
import org.xenledger.ledger.Child;

/**
 * A writer of ours is killed: the file is the old one or the new one, whole, the next writer gets the lock, and what lies
 * about is cleared by it. First at each system call on these files, found by one run that is not killed, then at random.
 */
class KilledWriterTest {
    private static final Pattern CALL = Pattern.compile("\\d+ +(\\w+)\\(.*");
    private static final long SEED = 20261122;

    @TempDir
    private Path directory;

    private DomainFiles files;
    private long acknowledged = -1;

    @BeforeEach
    void aDomain() throws IOException {
        files = Userdata.in(directory);
    }

    @Test
    void atEachCallThatChangesSomething() throws Exception {
        String calls = "flock,write,fsync,rename,unlink";
        killAt(calls, points(calls, 7));
    }

    @Test
    @Tag("soak")
    void atEachCallAtAll() throws Exception {
        String calls = "%file,%desc";
        List<Point> points = points(calls, 20);
        Collections.shuffle(points, new Random(SEED));
        killAt(calls, points.subList(0, Soak.rounds(points.size())));
    }

    @Test
    void atRandom() throws Exception {
        killAtRandom(3);
    }

    @Test
    @Tag("soak")
    void atRandomManyTimes() throws Exception {
        killAtRandom(Soak.rounds(200));
    }

    private void killAt(String calls, List<Point> points) throws Exception {
        System.out.printf("killed at %s%n", points);
        for (Point point : points) {
            List<String> strace = strace(calls);
            strace.addAll(List.of("-e", "inject=" + point.call() + ":signal=SIGKILL:when=" + point.nth()));
            try (Child child = Child.start(editing(strace, 3))) {
                acknowledge(child);
                assertThat(child.exitStatus()).as("%s", point).isNotZero();
            }
            checkAndGoOn();
        }
    }

    private void killAtRandom(int rounds) throws Exception {
        Random random = new Random(SEED);
        for (int round = 0; round < rounds; round++) {
            try (Child child = Child.start(editing(List.of(), Integer.MAX_VALUE))) {
                for (int i = random.nextInt(20); i >= 0; i--) {
                    acknowledged = Long.parseLong(child.line());
                }
                Thread.sleep(0, random.nextInt(999_999));
                child.kill();
                acknowledge(child);
            }
            checkAndGoOn();
        }
    }

    private void checkAndGoOn() throws Exception {
        try (DomainLock lock = DomainLock.acquire(files, Duration.ofSeconds(30), () -> true)) {
            ObjectNode tree = lock.read();
            assertThat(Userdata.ours(tree)).isBetween(acknowledged, acknowledged + 1);
            acknowledged = Userdata.ours(tree) + 1;
            lock.write(Userdata.withOurs(tree, acknowledged));
        }
        try (var left = Files.list(directory)) {
            assertThat(left).containsExactly(files.data());
        }
    }

    private void acknowledge(Child child) throws IOException {
        for (String line : child.lines()) {
            acknowledged = Long.parseLong(line);
        }
    }

    /** What the second of two edits calls, each with its count from the start. */
    private List<Point> points(String calls, int atLeast) throws Exception {
        Path log = directory.resolveSibling(directory.getFileName() + "-calls");
        List<String> strace = strace(calls);
        strace.set(strace.indexOf("/dev/null"), log.toString());
        try (Child child = Child.start(editing(strace, 2))) {
            acknowledge(child);
            assertThat(child.exitStatus()).isZero();
        }
        List<Point> points = new ArrayList<>();
        Map<String, Integer> counts = new HashMap<>();
        boolean second = false;
        for (String line : Files.readAllLines(log)) {
            Matcher call = CALL.matcher(line);
            if (call.matches()) {
                int nth = counts.merge(call.group(1), 1, Integer::sum);
                if (second) {
                    points.add(new Point(call.group(1), nth));
                }
                second |= call.group(1).equals("unlink") && line.contains("domain-userdata-lock");
            }
        }
        Files.delete(log);
        assertThat(points).hasSizeGreaterThanOrEqualTo(atLeast);
        return points;
    }

    private List<String> strace(String calls) {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/strace")),
                "SKIPPED real part: strace is not installed, to kill at a system call: apt-get install strace");
        List<String> command =
                new ArrayList<>(List.of("strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=" + calls));
        for (Path path : List.of(files.data(), files.temporary(), files.lock(), directory)) {
            command.addAll(List.of("-P", path.toString()));
        }
        return command;
    }

    private List<String> editing(List<String> prefix, int count) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(Child.command(
                List.of(),
                EditProcess.class,
                directory.toString(),
                Long.toString(acknowledged + 1),
                Integer.toString(count)));
        return command;
    }

    private record Point(String call, int nth) {
        @Override
        public String toString() {
            return call + " " + nth;
        }
    }
}
