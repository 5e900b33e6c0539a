// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenledger.ledger.Child;
import org.xenledger.xenstore.DaemonKind;
import org.xenledger.xenstore.DaemonUnderTest;
import org.xenledger.xenstore.client.XenstoreClient;

/** The program in a process of its own, and the other commands beside it. */
class SimulateCommandTest {
    private static final int TERMINATED = 128 + 15;

    @TempDir
    private Path directory;

    @Test
    void theOtherCommandsFindAHostInOrder() throws Exception {
        Path socket = directory.resolve("socket");
        Path userdata = directory.resolve("xen");
        try (Child simulation = start("--socket", socket, "--userdata", userdata, "--domains", 2)) {
            assertThat(simulation.line()).contains("2 domains");
            assertThat(simulation.line()).contains("--xenstore " + socket + " --userdata " + userdata);
            assertThat(look("record").out()).contains("recorded");
            assertThat(look("list").out()).contains("guest1", "guest2");
            Cli.Result check = look("check");
            assertThat(check.status()).as(check.out() + check.err()).isZero();
            terminate(simulation);
        }
        assertThat(socket).doesNotExist();
        try (Stream<Path> left = Files.list(userdata)) {
            assertThat(left).noneMatch(file -> file.getFileName().toString().startsWith("userdata-d"));
        }
    }

    @Test
    void itLeavesNothingOfItsOwnBehind() throws Exception {
        try (Child simulation = start("--domains", 1)) {
            simulation.line();
            Path socket = Path.of(simulation.line().split(" ")[1]);
            assertThat(socket).exists();
            terminate(simulation);
            assertThat(socket.getParent()).doesNotExist();
        }
    }

    @Test
    void onAnotherDaemonItTakesItsNodesAwayAgainAndNoOnesElse() throws Exception {
        try (DaemonUnderTest daemon = DaemonKind.EMBEDDED.start();
                XenstoreClient client = XenstoreClient.open(daemon.socket())) {
            for (int domid = 1; domid <= 3; domid++) {
                daemon.create(domid);
            }
            try (Child simulation = start("--on", daemon.socket())) {
                assertThat(simulation.line()).contains("3 domains");
                assertThat(simulation.line()).contains("--xenstore " + daemon.socket());
                assertThat(client.children("/libxl")).hasSize(3);
                terminate(simulation);
            }
            assertThat(client.children("/")).containsExactly("tool");
            client.write("/local/domain/0/name", "Domain-0");
            Cli.Result refused =
                    Cli.runWithoutStore("simulate", "--on", daemon.socket().toString());
            assertThat(refused.status()).isEqualTo(2);
            assertThat(refused.err()).hasLineCount(1).contains("is in use");
            assertThat(client.read("/local/domain/0/name")).isEqualTo("Domain-0");
        }
    }

    @Test
    void aDirectoryWithFilesIsRefusedAndKept() throws Exception {
        Path file = Files.writeString(directory.resolve("userdata-d.0"), "{}");
        Cli.Result refused = Cli.runWithoutStore("simulate", "--userdata", directory.toString());
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err()).hasLineCount(1).contains("is not empty");
        assertThat(file).hasContent("{}");
        assertThat(Cli.runWithoutStore("simulate", "--on", "a", "--socket", "b").status())
                .isEqualTo(2);
        assertThat(Cli.runWithoutStore("simulate", "--domains", "-1").status()).isEqualTo(2);
    }

    private Cli.Result look(String command) {
        return new Cli(directory.resolve("ledger"))
                .run(
                        command,
                        "--xenstore",
                        directory.resolve("socket").toString(),
                        "--userdata",
                        directory.resolve("xen").toString());
    }

    private static Child start(Object... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("simulate"));
        for (Object argument : arguments) {
            all.add(argument.toString());
        }
        return Child.start(Main.class, all.toArray(String[]::new));
    }

    private static void terminate(Child simulation) throws Exception {
        new ProcessBuilder("kill", "-TERM", Long.toString(simulation.pid()))
                .start()
                .waitFor();
        assertThat(simulation.lines()).isEmpty();
        assertThat(simulation.exitStatus()).isEqualTo(TERMINATED);
    }
}
