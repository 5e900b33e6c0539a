// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.script;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.xenledger.toolstack.posix.Descriptor;
import org.xenledger.toolstack.process.ProcessIdentity;
import org.xenledger.toolstack.process.ProcessStat;

/**
 * A hotplug script, or an xl, that has a process, and stands still until {@link #release}: time to record who it is before it does
 * anything. It runs in a session of its own, so that neither a signal to our terminal nor our end reaches it; then it is
 * found again by its identity, or by {@link ScriptProcesses}.
 *
 * <p>A shell holds it back by reading a line from a pipe, and becomes the script (same pid) when it has read {@code go}.
 * When this process ends before that, the pipe does too, and the script never runs. setsid(1) is in util-linux, which
 * every Debian has; posix_spawn(3) by way of JNA would need its structures laid out for each architecture.
 */
public final class StartedScript implements AutoCloseable {
    private static final String GATE = "read -r word && [ \"$word\" = go ] && exec \"$@\" </dev/null";
    private static final byte[] GO = "go\n".getBytes(StandardCharsets.US_ASCII);
    private static final int TAIL_BYTES = 4096;
    private static final long END_MILLIS = 1000;

    private final Process process;
    private final ProcessStat stat;
    private final Descriptor output;
    private boolean released;

    private StartedScript(Process process, ProcessStat stat, Descriptor output) {
        this.process = process;
        this.stat = stat;
        this.output = output;
    }

    /**
     * Makes the process of a hotplug script.
     *
     * @throws ScriptException when that fails; then nothing has run
     */
    public static StartedScript start(HotplugScript script) {
        return start(script.command(), script.environment());
    }

    /**
     * Makes the process of any program.
     *
     * @param environment what is added to our own
     * @throws ScriptException when that fails; then nothing has run
     */
    public static StartedScript start(List<String> program, Map<String, String> environment) {
        StartedScript started = null;
        Descriptor output = null;
        try {
            output = Descriptor.inMemory("hotplug-script");
            started = start(program, environment, output);
            return started;
        } catch (IOException | IllegalArgumentException e) {
            throw new ScriptException("cannot start " + program.get(0) + ": " + e.getMessage(), e);
        } finally {
            if (started == null && output != null) {
                output.close();
            }
        }
    }

    private static StartedScript start(List<String> program, Map<String, String> environment, Descriptor output)
            throws IOException {
        List<String> command = new ArrayList<>(List.of("setsid", "/bin/sh", "-c", GATE, "xenledger"));
        command.addAll(program);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(output.path().toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        Optional<ProcessStat> stat = ProcessStat.of(process.pid());
        if (stat.isEmpty()) {
            process.destroyForcibly();
            throw new IOException("its shell ended at once");
        }
        return new StartedScript(process, stat.get(), output);
    }

    /** The process, the same before and after {@link #release}. */
    public ProcessIdentity process() {
        return stat.identity();
    }

    /** Lets the script do its work; a second time does nothing. */
    public void release() {
        if (released) {
            return;
        }
        released = true;
        try (OutputStream gate = process.getOutputStream()) {
            gate.write(GO);
        } catch (IOException e) {
            throw new ScriptException("a program was ended before it began: " + e.getMessage(), e);
        }
    }

    /**
     * Waits for its end, and ends it, its whole session, when it has run for too long.
     *
     * @param limit how long it may run, from the start of its process; libxl allows 40 s
     * @throws InterruptedException when the thread is interrupted; the script runs on
     */
    public ScriptResult await(Duration limit) throws InterruptedException {
        long left = Math.max(0, limit.minus(stat.age()).toMillis());
        boolean ended = process.waitFor(left, TimeUnit.MILLISECONDS);
        if (!ended) {
            ScriptProcesses.end(stat.identity());
        }
        // what waits for a broken disk cannot be ended, and is not waited for either
        boolean gone = process.waitFor(END_MILLIS, TimeUnit.MILLISECONDS);
        return new ScriptResult(!ended, gone ? process.exitValue() : ScriptResult.STILL_THERE, tail());
    }

    /**
     * How it ended, when it has; unlike {@link #await} this never ends it.
     *
     * @throws InterruptedException when the thread is interrupted
     */
    public Optional<ScriptResult> result() throws InterruptedException {
        // /proc shows the end a little earlier than Java has waited for it
        return process.waitFor(END_MILLIS, TimeUnit.MILLISECONDS)
                ? Optional.of(new ScriptResult(false, process.exitValue(), tail()))
                : Optional.empty();
    }

    /** Lets go of it: a script that was not released never runs, one that was runs on. */
    @Override
    public void close() {
        try (output;
                OutputStream gate = process.getOutputStream()) {
            gate.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String tail() {
        try (RandomAccessFile file = new RandomAccessFile(output.path().toFile(), "r")) {
            file.seek(Math.max(0, file.length() - TAIL_BYTES));
            byte[] bytes = new byte[TAIL_BYTES];
            int length = Math.max(0, file.read(bytes));
            return new String(bytes, 0, length, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
