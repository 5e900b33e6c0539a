// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Compiles what stands in src/test/native. Without gcc, or the headers, the test is skipped and says so. */
public final class NativeBuild {
    private static final Path TARGET = Path.of("target/native").toAbsolutePath();

    private NativeBuild() {}

    /** A program, compiled anew by each test run. */
    public static Path program(String name) throws IOException, InterruptedException {
        return compile(name, "", "stdio.h");
    }

    /** A library for LD_PRELOAD that needs a header of Xen. */
    public static Path library(String name, String header) throws IOException, InterruptedException {
        return compile(name, ".so", header, "-shared", "-fPIC", "-ldl");
    }

    private static synchronized Path compile(String name, String suffix, String header, String... options)
            throws IOException, InterruptedException {
        Path built = TARGET.resolve(name + "-" + ProcessHandle.current().pid() + suffix);
        if (Files.exists(built)) {
            return built;
        }
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/gcc"))
                        && gcc(List.of("-E", "-include", header, "-x", "c", "/dev/null")) == 0,
                "SKIPPED real part: " + name + " cannot be built; install gcc and libxen-dev");
        Files.createDirectories(TARGET);
        List<String> arguments =
                new ArrayList<>(List.of("-Wall", "-O1", "-o", built.toString(), "src/test/native/" + name + ".c"));
        arguments.addAll(List.of(options));
        if (gcc(arguments) != 0) {
            throw new IllegalStateException(name + " does not compile");
        }
        built.toFile().deleteOnExit();
        return built;
    }

    private static int gcc(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("gcc"));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
    }
}
