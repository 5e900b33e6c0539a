// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenledger.toolstack.OneHost;
import org.xenledger.toolstack.process.ProcessIdentity;
import org.xenledger.toolstack.process.ProcessStat;

@Timeout(120)
@ExtendWith(OneHost.class)
class StartedScriptTest {
    private static final Duration LONG = Duration.ofSeconds(100);

    @TempDir
    private Path directory;

    private final ScriptProcesses processes = new ScriptProcesses(ScriptFile.BACKEND);

    @AfterEach
    void nothingRunsOn() {
        assertThat(processes.running()).isEmpty();
    }

    @Test
    void itGetsItsArgumentsItsEnvironmentAndNoInput() throws Exception {
        ScriptResult result =
                run("echo \"$0|$*|$script|$XENBUS_TYPE|$XENBUS_PATH|$XENBUS_BASE_PATH|$HOME\"; cat; exit 0");
        String program = directory.resolve("block-test").toString();
        assertThat(result.output())
                .isEqualTo(String.join(
                                "|",
                                program,
                                "add",
                                program,
                                "vbd",
                                HotplugScript.xenbusPath(ScriptFile.BACKEND),
                                "backend",
                                System.getenv("HOME"))
                        + "\n");
        assertThat(result.succeeded()).isTrue();
    }

    @Test
    void itDoesNothingUntilItIsReleased() throws Exception {
        try (StartedScript started = StartedScript.start(script("touch $D/ran"))) {
            ProcessIdentity process = started.process();
            Awaitility.await().atMost(LONG).until(() -> isLeader(process));
            assertThat(process.alive()).isTrue();
            assertThat(directory.resolve("ran")).doesNotExist();
            started.release();
            assertThat(started.await(LONG).succeeded()).isTrue();
            assertThat(directory.resolve("ran")).exists();
            assertThat(process.alive()).isFalse();
        }
    }

    @Test
    void oneThatIsLetGoBeforeThatNeverRuns() throws Exception {
        ProcessIdentity process;
        try (StartedScript started = StartedScript.start(script("touch $D/ran"))) {
            process = started.process();
        }
        Awaitility.await().atMost(LONG).until(() -> !process.alive());
        assertThat(directory.resolve("ran")).doesNotExist();
    }

    @Test
    void itIsTheProcessThatWasNamedInASessionOfItsOwn() throws Exception {
        try (StartedScript started = StartedScript.start(script("cat /proc/$$/stat"))) {
            started.release();
            String[] stat = started.await(LONG).output().split(" ");
            assertThat(stat[0]).isEqualTo(Long.toString(started.process().pid()));
            assertThat(stat[4]).as("group").isEqualTo(stat[0]);
            assertThat(stat[5]).as("session").isEqualTo(stat[0]);
            assertThat(stat[21]).isEqualTo(Long.toString(started.process().start()));
        }
    }

    @ParameterizedTest
    @CsvSource({"exit 0,0", "exit 1,1", "kill -TERM $$,143", "exec /no/such/program,127"})
    void itsStatusIsKept(String text, int status) throws Exception {
        ScriptResult result = run(text);
        assertThat(result.status()).isEqualTo(status);
        assertThat(result.timedOut()).isFalse();
        assertThat(result.succeeded()).isEqualTo(status == 0);
    }

    @Test
    void theEndOfWhatItSaidIsKept() throws Exception {
        String output = run("i=0; while [ $i -lt 2000 ]; do i=$((i+1)); echo line $i; done; echo the end >&2; exit 3")
                .output();
        assertThat(output).hasSize(4096).endsWith("line 2000\nthe end\n");
    }

    @Test
    void aMissingScriptFailsAndSaysSo() throws Exception {
        HotplugScript missing = new HotplugScript(
                "/etc/xen/scripts/none", List.of("add"), script("").environment());
        try (StartedScript started = StartedScript.start(missing)) {
            started.release();
            ScriptResult result = started.await(LONG);
            assertThat(result.status()).isEqualTo(127);
            assertThat(result.output()).contains("/etc/xen/scripts/none", "not found");
        }
    }

    @Test
    void whatNoProcessCanBeGivenIsRefused() {
        HotplugScript odd = new HotplugScript("/bin/true", List.of(), Map.of("a", "\0"));
        assertThatThrownBy(() -> StartedScript.start(odd))
                .isInstanceOf(ScriptException.class)
                .hasMessageStartingWith("cannot start /bin/true: ");
    }

    @Test
    void oneThatRunsTooLongIsEndedWithAllThatItStarted() throws Exception {
        try (StartedScript started = StartedScript.start(
                script(
                        "trap '' TERM HUP INT\nsleep 300 &\n(sleep 301; touch $D/ran) &\necho waiting >&2\ntouch $D/began\nsleep 302"))) {
            started.release();
            Awaitility.await().atMost(LONG).until(() -> Files.exists(directory.resolve("began")));
            assertThat(processes.running()).hasSizeGreaterThanOrEqualTo(3);
            ScriptResult result = started.await(Duration.ofMillis(1));
            assertThat(result).isEqualTo(new ScriptResult(true, 137, "waiting\n"));
            assertThat(processes.running()).isEmpty();
        }
    }

    @Test
    void theLimitCountsFromItsStart() throws Exception {
        try (StartedScript started = StartedScript.start(script("exec sleep 300"))) {
            started.release();
            Thread.sleep(400);
            assertThat(ProcessStat.of(started.process().pid()))
                    .hasValueSatisfying(
                            stat -> assertThat(stat.age()).isBetween(Duration.ofMillis(350), Duration.ofSeconds(100)));
            assertThat(started.await(Duration.ofMillis(350)).timedOut()).isTrue();
        }
    }

    @Test
    void anInterruptLetsItRunOn() throws Exception {
        try (StartedScript started = StartedScript.start(script("while [ ! -e $D/go ]; do sleep 0.05; done"))) {
            started.release();
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> started.await(LONG)).isInstanceOf(InterruptedException.class);
            assertThat(started.process().alive()).isTrue();
            Files.createFile(directory.resolve("go"));
            assertThat(started.await(LONG).succeeded()).isTrue();
        }
    }

    private ScriptResult run(String text) throws Exception {
        try (StartedScript started = StartedScript.start(script(text))) {
            started.release();
            return started.await(LONG);
        }
    }

    private HotplugScript script(String text) throws IOException {
        return ScriptFile.in(directory, text);
    }

    private static boolean isLeader(ProcessIdentity process) {
        return ProcessStat.of(process.pid())
                .filter(stat -> stat.session() == process.pid())
                .isPresent();
    }
}
