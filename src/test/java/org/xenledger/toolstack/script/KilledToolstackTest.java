// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.xenledger.ledger.Child;
import org.xenledger.toolstack.OneHost;
import org.xenledger.toolstack.process.ProcessIdentity;

/** The toolstack is killed, with a real SIGKILL, while it has a script. */
@Timeout(120)
@ExtendWith(OneHost.class)
class KilledToolstackTest {
    private static final Duration LONG = Duration.ofSeconds(100);

    @TempDir
    private Path directory;

    private final ScriptProcesses processes = new ScriptProcesses(ScriptFile.BACKEND);

    @AfterEach
    void nothingRunsOn() {
        assertThat(processes.running()).isEmpty();
    }

    @Test
    void beforeItReleasedTheScriptNothingEverRuns() throws Exception {
        ProcessIdentity script = kill("hold", "touch $D/ran");
        Awaitility.await().atMost(LONG).until(() -> !script.alive());
        assertThat(directory.resolve("ran")).doesNotExist();
    }

    @Test
    void afterItReleasedTheScriptThatGoesOnAndIsFoundAndWaitedFor() throws Exception {
        ProcessIdentity script =
                kill("release", "while [ ! -e $D/go ]; do sleep 0.05; done\necho said\necho more >&2\ntouch $D/done");
        assertThat(script.alive()).isTrue();
        assertThat(processes.running()).anySatisfy(process -> {
            assertThat(process.identity()).isEqualTo(script);
            assertThat(process.script()).isTrue();
        });
        assertThat(processes.await(Duration.ofMillis(1), Duration.ofMillis(1)))
                .extracting(ScriptProcess::identity)
                .containsExactly(script);
        Files.createFile(directory.resolve("go"));
        assertThat(processes.await(LONG, LONG)).isEmpty();
        assertThat(directory.resolve("done")).exists();
        assertThat(script.alive()).isFalse();
    }

    @Test
    void aScriptThatHangsIsEndedWithAllThatItStarted() throws Exception {
        ProcessIdentity script = kill("release", "trap '' TERM\n(sleep 300; touch $D/ran) &\nsleep 301");
        Awaitility.await().atMost(LONG).until(() -> processes.running().size() >= 3);
        assertThat(ScriptProcesses.end(script)).isTrue();
        assertThat(processes.running()).isEmpty();
        assertThat(ScriptProcesses.end(script)).as("again").isTrue();
    }

    @Test
    void whatAScriptStartedIsEndedAlsoWhenTheScriptIsGone() throws Exception {
        ProcessIdentity script = kill("release", "sleep 300 &\nsleep 301 &\nexit 0");
        Awaitility.await()
                .atMost(LONG)
                .until(() -> !script.alive() && processes.running().size() == 2);
        assertThat(ScriptProcesses.end(script)).isTrue();
        assertThat(processes.running()).isEmpty();
    }

    private ProcessIdentity kill(String mode, String text) throws IOException {
        HotplugScript script = ScriptFile.in(directory, text);
        try (Child toolstack = Child.start(
                ToolstackProcess.class, script.program(), HotplugScript.xenbusPath(ScriptFile.BACKEND), mode)) {
            String[] said = toolstack.line().split(" ");
            return new ProcessIdentity(Long.parseLong(said[0]), Long.parseLong(said[1]));
        }
    }
}
