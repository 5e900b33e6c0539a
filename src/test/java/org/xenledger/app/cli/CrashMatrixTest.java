// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xenledger.Soak;
import org.xenledger.ledger.Child;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.MessageType;

/**
 * Killed before and after every effect and after every append of an attach and of a detach, by a real SIGKILL against the
 * real xenstored, the program leaves what the next command finishes or undoes: the views agree, nothing is half done, no
 * acknowledged event is missing.
 */
class CrashMatrixTest extends OnPlugHost {
    private static final Duration RECOVERY = Duration.ofSeconds(30);
    private static final int POINTS = 100;
    private static final int REQUESTS = 100;
    private static final int INSTANTS = 200;
    private static final int LONGEST_MILLIS = 2500;

    private final List<String> acknowledged = new ArrayList<>();

    @Test
    void everyPointOfADisk() throws Exception {
        points(oracle, host.attachDisk(), host.detachDisk(), Integer.MAX_VALUE);
    }

    /** Between libxl-json and the nodes, and between the nodes and what follows them, under the lock and after it. */
    @Test
    void aroundEveryCommitOfADisk() throws Exception {
        requests(oracle, frame -> frame.is(MessageType.TRANSACTION_END), Integer.MAX_VALUE);
    }

    @Test
    @Tag("soak")
    void beforeEveryRequestOfADisk() throws Exception {
        requests(oracle, frame -> true, Soak.rounds(REQUESTS));
    }

    @Test
    @Tag("soak")
    void everyPointOfANic() throws Exception {
        List<String> attach = List.of(
                "attach",
                "guest1",
                "nic",
                "bridge=xenbr0,mac=00:16:3e:00:00:0b,devid=1",
                "--scripts",
                host.scripts().toString());
        HostOracle oracle = new HostOracle(host, "vif", 1);
        points(oracle, attach, List.of("detach", "guest1", "nic", "1"), Soak.rounds(POINTS));
    }

    @Test
    @Tag("soak")
    void atAnyInstant() throws Exception {
        Random random = new Random();
        boolean plugged = false;
        assertThat(host.run("record").status()).isZero();
        for (int round = 0; round < Soak.rounds(INSTANTS); round++) {
            int millis = random.nextInt(LONGEST_MILLIS);
            List<String> command = plugged ? host.detachDisk() : host.attachDisk();
            List<String> lines;
            try (Child child = host.child("0", command)) {
                Thread.sleep(millis);
                child.kill();
                lines = child.lines();
            }
            plugged = healed(oracle, command.get(0) + " killed after " + millis + " ms", lines);
        }
        oracle.hasEvents(acknowledged, "in the end");
    }

    /** By turns, too; where others delay it, a command may ask more or less often than it did when it was counted. */
    private void requests(HostOracle oracle, Predicate<Frame> counted, int most) throws Exception {
        assertThat(host.run("record").status()).isZero();
        Deque<Integer> attachAt = some(through(oracle, counted, 0, host.attachDisk()), most);
        Deque<Integer> detachAt = some(through(oracle, counted, 0, host.detachDisk()), most);
        int killed = 0;
        int all = attachAt.size() + detachAt.size();
        boolean plugged = false;
        while (!attachAt.isEmpty() || !detachAt.isEmpty()) {
            Deque<Integer> at = plugged ? detachAt : attachAt;
            List<String> command = plugged ? host.detachDisk() : host.attachDisk();
            if (at.isEmpty()) {
                assertThat(host.run(command).status()).isZero();
            } else {
                killed += through(oracle, counted, at.remove(), command) < 0 ? 1 : 0;
            }
            plugged = oracle.plugged("in between");
        }
        assertThat(killed).as("killed of %d", all).isGreaterThan(all / 2);
        oracle.hasEvents(acknowledged, "in the end");
    }

    /** How many points a command passed; below zero when it was killed at one, and all is well again. */
    private int through(HostOracle oracle, Predicate<Frame> counted, int point, List<String> command) throws Exception {
        Path socket = directory.resolve("between");
        Files.deleteIfExists(socket);
        try (RequestPoints points = new RequestPoints(host.socket(), socket, counted, point);
                Child child = host.childThrough(points, socket, command)) {
            List<String> lines = child.lines();
            int status = child.exitStatus();
            if (status != KILLED) {
                assertThat(status).as(String.join("\n", lines)).isZero();
                assertThat(points.count()).isPositive();
                return points.count();
            }
            healed(oracle, command.get(0) + " killed at " + point + ", " + points.death(), lines);
            return -1;
        }
    }

    /** By turns, so that what one command leaves is what the other one begins with; at most so many of each command. */
    private void points(HostOracle oracle, List<String> attach, List<String> detach, int most) throws Exception {
        assertThat(host.run("record").status()).isZero();
        Deque<Integer> attachAt = some(pointsOf(attach), most);
        assertThat(oracle.plugged("attached")).isTrue();
        Deque<Integer> detachAt = some(pointsOf(detach), most);
        boolean plugged = oracle.plugged("detached");
        assertThat(plugged).isFalse();
        while (!attachAt.isEmpty() || !detachAt.isEmpty()) {
            Deque<Integer> at = plugged ? detachAt : attachAt;
            List<String> command = plugged ? detach : attach;
            if (at.isEmpty()) {
                assertThat(host.run(command).status()).isZero();
                plugged = !plugged;
            } else {
                plugged = recovers(oracle, command, at.remove());
            }
        }
        oracle.hasEvents(acknowledged, "in the end");
    }

    /** So many numbers from 1 to a count, evenly spread. */
    private static Deque<Integer> some(int count, int most) {
        int number = Math.min(count, most);
        return new ArrayDeque<>(IntStream.range(0, number)
                .map(i -> 1 + i * count / number)
                .boxed()
                .toList());
    }

    /** How many points a command passes when it is not killed. */
    private int pointsOf(List<String> command) throws Exception {
        try (Child child = host.child("0", command)) {
            List<String> lines = child.lines();
            assertThat(child.exitStatus()).as(String.join("\n", lines)).isZero();
            int count = Integer.parseInt(lines.get(lines.size() - 1).substring("points ".length()));
            assertThat(count).as(String.join("\n", lines)).isGreaterThan(15);
            return count;
        }
    }

    /** Whether the device is plugged after the kill at a point and the recovery from it. */
    private boolean recovers(HostOracle oracle, List<String> command, int point) throws Exception {
        List<String> lines = killed(Integer.toString(point), command);
        return healed(oracle, command.get(0) + " killed at " + lines.get(lines.size() - 1), lines);
    }

    /** Whether the device is plugged when the next command has cleared up; all views agree on it. */
    private boolean healed(HostOracle oracle, String where, List<String> lines) throws Exception {
        lines.stream()
                .filter(line -> line.startsWith("acknowledged "))
                .forEach(line -> acknowledged.add(line.substring("acknowledged ".length())));
        long begin = System.nanoTime();
        Cli.Result healed = host.run("heal");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).as(where).isLessThan(RECOVERY);
        assertThat(healed.status())
                .as("%s: %s%s", where, healed.out(), healed.err())
                .isZero();
        boolean plugged = oracle.plugged(where + ", " + healed.out());
        assertThat(host.run("check").out()).as(where).contains("0 findings, 0 notes");
        return plugged;
    }
}
