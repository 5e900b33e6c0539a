// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.xenledger.domain.device.BackendPath;
import org.xenledger.toolstack.OneHost;
import org.xenledger.toolstack.process.ProcessIdentity;

/** Scripts that another toolstack has started, in its own session as libxl does. */
@Timeout(120)
@ExtendWith(OneHost.class)
class ScriptProcessesTest {
    private static final Duration LONG = Duration.ofSeconds(100);

    @TempDir
    private Path directory;

    private final ScriptProcesses processes = new ScriptProcesses(ScriptFile.BACKEND);

    @AfterEach
    void nothingRunsOn() {
        assertThat(processes.running()).isEmpty();
    }

    @Test
    void oneOfLibxlIsEndedAloneThoughItSharesItsSession() throws Exception {
        Process bystander = new ProcessBuilder("sleep", "300").start();
        Process script = libxls("sleep 301 &\nsleep 302", false);
        try {
            Awaitility.await().atMost(LONG).until(() -> processes.running().size() == 3);
            List<ScriptProcess> found = processes.await(Duration.ofMillis(1), Duration.ofMillis(1));
            assertThat(found)
                    .singleElement()
                    .satisfies(process -> assertThat(process.identity().pid()).isEqualTo(script.pid()));
            assertThat(ScriptProcesses.end(found.get(0).identity())).isTrue();
            assertThat(script.waitFor()).isEqualTo(137);
            assertThat(bystander.isAlive()).isTrue();
        } finally {
            bystander.destroyForcibly().waitFor();
        }
    }

    @Test
    void theAbsolutePathOfTheBackendIsTheSame() throws Exception {
        Process script = libxls("while [ ! -e $D/go ]; do sleep 0.05; done", true);
        Awaitility.await().atMost(LONG).until(() -> !processes.running().isEmpty());
        Files.createFile(directory.resolve("go"));
        assertThat(processes.await(LONG, LONG)).isEmpty();
        assertThat(script.waitFor()).isZero();
    }

    @Test
    void thoseOfAnotherBackendAreNotSeen() throws Exception {
        Process script = libxls("exec sleep 300", false);
        try {
            BackendPath mine = ScriptFile.BACKEND;
            for (BackendPath other : List.of(
                    new BackendPath(0, "vif", mine.frontendDomid(), mine.id()),
                    new BackendPath(0, "vbd", mine.frontendDomid() + 1, mine.id()),
                    new BackendPath(0, "vbd", mine.frontendDomid(), mine.id() * 10))) {
                assertThat(new ScriptProcesses(other).await(LONG, LONG)).isEmpty();
            }
        } finally {
            script.destroyForcibly().waitFor();
        }
    }

    @Test
    void aHelperThatWasLeftForGoodIsNotWaitedForWhenItIsOld() throws Exception {
        Process script = libxls("setsid sleep 300 &", false);
        assertThat(script.waitFor()).isZero();
        Awaitility.await()
                .atMost(LONG)
                .until(() -> processes.running().stream().anyMatch(process -> !process.script()));
        long begin = System.nanoTime();
        assertThat(processes.await(Duration.ofMillis(300), Duration.ofMillis(300)))
                .isEmpty();
        assertThat(System.nanoTime() - begin).isLessThan(LONG.toNanos());
        assertThat(processes.running()).singleElement().satisfies(helper -> {
            assertThat(helper.script()).isFalse();
            assertThat(ScriptProcesses.end(helper.identity())).isTrue();
        });
    }

    @Test
    void anotherProcessWithTheSamePidIsNotEnded() throws Exception {
        Process bystander = new ProcessBuilder("sleep", "300").start();
        try {
            ProcessIdentity now = ProcessIdentity.of(bystander.pid()).orElseThrow();
            ProcessIdentity before = new ProcessIdentity(now.pid(), now.start() - 1);
            assertThat(before.alive()).isFalse();
            assertThat(ScriptProcesses.end(before)).isTrue();
            assertThat(bystander.isAlive()).isTrue();
        } finally {
            bystander.destroyForcibly().waitFor();
        }
    }

    private Process libxls(String text, boolean absolute) throws Exception {
        HotplugScript script = ScriptFile.in(directory, text);
        ProcessBuilder builder = new ProcessBuilder(script.command());
        builder.environment().putAll(script.environment());
        if (absolute) {
            builder.environment().compute("XENBUS_PATH", (name, path) -> "/local/domain/0/" + path);
        }
        return builder.start();
    }
}
