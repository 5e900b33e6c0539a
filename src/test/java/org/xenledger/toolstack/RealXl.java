// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The xl of Xen, with a stub in place of the hypervisor. Where it is not installed, the test is skipped. */
public final class RealXl {
    private final Path program;
    private final Path stub;
    private final Map<String, String> environment;

    private RealXl(Path program, Path stub, Map<String, String> environment) {
        this.program = program;
        this.stub = stub;
        this.environment = environment;
    }

    /** @param environment what src/test/native/xl-stub.c reads */
    public static RealXl with(Map<String, String> environment) throws IOException, InterruptedException {
        try (Stream<Path> libraries = Files.list(Path.of("/usr/lib"))) {
            Optional<Path> program = libraries
                    .map(path -> path.resolve("bin/xl"))
                    .filter(Files::isExecutable)
                    .max(Comparator.naturalOrder());
            assumeTrue(
                    program.isPresent(), "SKIPPED real part: xl is missing; install xen-utils-4.17 (or a later one)");
            return new RealXl(program.get(), NativeBuild.library("xl-stub", "xenctrl.h"), environment);
        }
    }

    /** A program of the name xl in a directory that runs it, for those who start it themselves. */
    public Path inDirectory(Path directory) throws IOException {
        StringBuilder script = new StringBuilder("#!/bin/sh\n");
        environment.forEach((name, value) ->
                script.append("export ").append(name).append("='").append(value).append("'\n"));
        script.append("export LD_PRELOAD='").append(stub).append("'\nexec ");
        script.append(program).append(" \"$@\"\n");
        Path file = directory.resolve("xl");
        Files.writeString(file, script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file;
    }

    /** What it said on standard output; empty when it failed. */
    public Optional<String> run(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("LD_PRELOAD", stub.toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? Optional.of(output) : Optional.empty();
    }
}
