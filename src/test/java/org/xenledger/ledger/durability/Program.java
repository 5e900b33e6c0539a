// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.durability;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.xenledger.app.cli.Main;
import org.xenledger.ledger.Child;

/** The program itself, in a process of its own. */
final class Program implements AutoCloseable {
    private final Process process;
    private final Path errors;

    private Program(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
    }

    /** @param errors a file for what it says on standard error */
    static Program start(Path errors, Path store, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(Child.command(List.of(), Main.class, arguments));
        command.addAll(List.of("--store", store.toString()));
        return new Program(
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(errors.toFile())
                        .start(),
                errors);
    }

    long pid() {
        return process.pid();
    }

    int exitStatus() throws InterruptedException {
        return process.waitFor();
    }

    /** What it said on standard error; to be asked when it has ended. */
    List<String> errors() throws IOException {
        return Files.readAllLines(errors, UTF_8);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
