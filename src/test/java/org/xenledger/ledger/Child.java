// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Another JVM with our classes: what only a real second process can show. */
public final class Child implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private Child(Process process) {
        this.process = process;
        this.output = process.inputReader(UTF_8);
    }

    /** Runs the {@code main} of a test class. */
    public static Child start(Class<?> main, String... arguments) throws IOException {
        return start(List.of(), main, arguments);
    }

    public static Child start(List<String> options, Class<?> main, String... arguments) throws IOException {
        return start(command(options, main, arguments));
    }

    /** Runs any command; what it says on standard error is not kept. */
    public static Child start(List<String> command) throws IOException {
        return new Child(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** The command that runs the {@code main} of a test class. */
    public static List<String> command(List<String> options, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(ChildArchive.command());
        command.add("-Xmx128m");
        command.addAll(options);
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return command;
    }

    public long pid() {
        return process.pid();
    }

    /** The next line of its output; null when it has ended. */
    public String line() throws IOException {
        return output.readLine();
    }

    public List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = line(); line != null; line = line()) {
            lines.add(line);
        }
        return lines;
    }

    public int exitStatus() throws InterruptedException {
        return process.waitFor();
    }

    /** SIGKILL; what it has printed can still be read, which {@link Process#destroyForcibly} would not leave. */
    public void kill() {
        process.toHandle().destroyForcibly();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
