// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.xenledger.app.cli.Cli.Result;
import org.xenledger.domain.device.XenbusState;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.StoreLocation;
import org.xenledger.toolstack.simulation.Conduct;
import org.xenledger.toolstack.simulation.DeviceEnd;

/** A command that waits for the world is told to end by SIGTERM: it ends at once and in order, and heal goes on. */
class StoppedOperationTest extends OnPlugHost {
    private static final int SIGTERM = 128 + 15;
    private static final String BACKEND = "/local/domain/0/backend/vbd/1/51728/state";

    @Test
    void anAttachAndTheHealAfterItLeaveTheirScriptToTheNextOne() throws Exception {
        Path on = directory.resolve("on");
        host.scriptFirst("until [ -e " + on + " ]; do sleep 0.1; done");
        Process attach = host.program(host.attachDisk());
        await().atMost(30, TimeUnit.SECONDS)
                .until(() -> oracle.scriptsRunning().stream().anyMatch(script -> script.contains("sleep")));
        assertStopped(attach);

        Process heal = host.program("heal");
        await().atMost(30, TimeUnit.SECONDS).until(() -> worksOnAnOperation(heal));
        assertStopped(heal);

        assertThat(oracle.scriptsRunning()).isNotEmpty();
        Files.createFile(on);
        Result healed = host.run("heal");
        assertThat(healed.out())
                .as(healed.err())
                .contains("attached: connected")
                .contains("has ended");
        assertThat(oracle.plugged("healed")).isTrue();
    }

    @Test
    void aDetachThatWaitsForItsGuestIsTakenUpAgain() throws Exception {
        host.run(host.attachDisk());
        host.knobs().all(DeviceEnd.FRONTEND, Conduct.diesAfter(XenbusState.CONNECTED));
        Process detach = host.program(host.detachDisk("--limit", "close=60"));
        await().atMost(30, TimeUnit.SECONDS)
                .until(() -> host.client().read(BACKEND).equals("5"));
        assertStopped(detach);

        host.knobs().all(DeviceEnd.FRONTEND, Conduct.PROMPT);
        host.client().write("/local/domain/1/device/vbd/51728/state", "4");
        Result healed = host.run("heal");
        assertThat(healed.out()).as(healed.err()).contains("detached").contains("has ended");
        assertThat(oracle.plugged("healed")).isFalse();
    }

    private static boolean worksOnAnOperation(Process process) throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
            for (Path thread : threads.toList()) {
                if (Files.readString(thread.resolve("comm")).strip().equals("operation")) {
                    return true;
                }
            }
        }
        return false;
    }

    /** With one sentence, and the store is left as a stopped one. */
    private void assertStopped(Process command) throws Exception {
        command.toHandle().destroy();
        assertThat(command.waitFor(20, TimeUnit.SECONDS)).as("it ends").isTrue();
        assertThat(command.exitValue()).isEqualTo(SIGTERM);
        String said = new String(command.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said.lines())
                .singleElement()
                .asString()
                .startsWith("xenledger: stopped by a signal")
                .contains("`xenledger heal`");
        assertThat(command.getInputStream().readAllBytes()).isEmpty();
        StoreLocation location = StoreLocation.ofDirectory(host.store());
        try (Store left = Store.openForWriting(location, Store.PATIENCE)) {
            assertThat(left.stoppedUncleanly()).isFalse();
        }
    }
}
