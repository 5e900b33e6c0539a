// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenledger.ledger.Child;

/**
 * Killed before and after every effect and after every append of an attach and of a detach, by a real SIGKILL against the
 * real xenstored, the program leaves what the next command finishes or undoes: the views agree, nothing is half done, no
 * acknowledged event is missing.
 */
class CrashMatrixTest {
    private static final int KILLED = 128 + 9;
    private static final Duration RECOVERY = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private PlugHost host;
    private final List<String> acknowledged = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        host = new PlugHost(directory);
    }

    @AfterEach
    void stop() {
        if (host != null) {
            host.close();
        }
    }

    @Test
    void everyPointOfADisk() throws Exception {
        everyPoint(new HostOracle(host, "vbd", 51728), host.attachDisk(), host.detachDisk());
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
        everyPoint(new HostOracle(host, "vif", 1), attach, List.of("detach", "guest1", "nic", "1"));
    }

    /** By turns, so that what one command leaves is what the other one begins with. */
    private void everyPoint(HostOracle oracle, List<String> attach, List<String> detach) throws Exception {
        assertThat(host.run("record").status()).isZero();
        Deque<Integer> attachAt = points(attach);
        assertThat(oracle.plugged("attached")).isTrue();
        Deque<Integer> detachAt = points(detach);
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

    /** The numbers of the points that a command passes when it is not killed. */
    private Deque<Integer> points(List<String> command) throws Exception {
        try (Child child = host.child("0", command)) {
            List<String> lines = child.lines();
            assertThat(child.exitStatus()).as(String.join("\n", lines)).isZero();
            int count = Integer.parseInt(lines.get(lines.size() - 1).substring("points ".length()));
            assertThat(count).as(String.join("\n", lines)).isGreaterThan(15);
            return new ArrayDeque<>(IntStream.rangeClosed(1, count).boxed().toList());
        }
    }

    /** Whether the device is plugged after the kill at a point and the recovery from it. */
    private boolean recovers(HostOracle oracle, List<String> command, int point) throws Exception {
        List<String> lines;
        try (Child child = host.child(Integer.toString(point), command)) {
            lines = child.lines();
            assertThat(child.exitStatus()).as(String.join("\n", lines)).isEqualTo(KILLED);
        }
        String where = command.get(0) + " killed at " + lines.get(lines.size() - 1);
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
