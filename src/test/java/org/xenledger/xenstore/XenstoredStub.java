// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the daemons, and builds the library that lets them run without a hypervisor. */
final class XenstoredStub {
    static final String SKIPPED = "SKIPPED real part: ";

    private static final Path SOURCE =
            Path.of("src/test/native/xenstored-stub.c").toAbsolutePath();
    private static final Path TARGET = Path.of("target/native").toAbsolutePath();

    private XenstoredStub() {}

    /** Debian has them in a directory for each version of Xen; those in /usr/sbin are scripts that want a hypervisor. */
    static Path program(String name) {
        try (Stream<Path> libraries = Files.list(Path.of("/usr/lib"))) {
            Optional<Path> found = libraries
                    .filter(path -> path.getFileName().toString().startsWith("xen-"))
                    .map(path -> path.resolve("bin").resolve(name))
                    .filter(Files::isExecutable)
                    .findFirst();
            assumeTrue(found.isPresent(), SKIPPED + name + " is missing; install xen-utils-4.17 (or a later one)");
            return found.get();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The built library; compiled anew by each test run, in a second. */
    static synchronized Path library() {
        Path library =
                TARGET.resolve("xenstored-stub-" + ProcessHandle.current().pid() + ".so");
        if (Files.exists(library)) {
            return library;
        }
        assumeTrue(
                inPath("gcc")
                        && run("gcc", "-E", "-include", "xenctrl.h", "-x", "c", "/dev/null")
                                .isEmpty(),
                SKIPPED + "the stub cannot be built; install gcc and libxen-dev");
        try {
            Files.createDirectories(TARGET);
            Path fresh = Files.createTempFile(TARGET, "stub", ".so");
            Optional<String> failure =
                    run("gcc", "-shared", "-fPIC", "-Wall", "-o", fresh.toString(), SOURCE.toString(), "-ldl");
            if (failure.isPresent()) {
                throw new IllegalStateException("the stub does not compile: " + failure.get());
            }
            library.toFile().deleteOnExit();
            return Files.move(fresh, library, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean inPath(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    /** Empty when it succeeded, else what it said. */
    private static Optional<String> run(String... command) {
        try {
            Path output = Files.createTempFile("xs", ".log");
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            int status = process.waitFor();
            String said = status == 0 ? "" : Files.readString(output);
            Files.delete(output);
            return status == 0 ? Optional.empty() : Optional.of(said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
