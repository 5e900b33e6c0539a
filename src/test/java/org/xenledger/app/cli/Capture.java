// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A capture of a real Xen host: several moments, and what was done between them. */
record Capture(Path directory) {
    static final Path ROOT = Path.of("src/test/resources/captures");

    /** What was found at one moment. */
    record Moment(Path directory) {
        Path xenstore() {
            return directory.resolve("xenstore-all.txt");
        }

        Path userdata() {
            return directory.resolve("userdata");
        }

        /** What {@code xl list -l DOMAIN} printed, a file for each domain. */
        List<Path> xlListings() {
            return list(directory, name -> name.startsWith("xl-list-l.") && name.endsWith(".json"));
        }
    }

    static List<Capture> withBeforeAndAfter() {
        return list(ROOT, name -> !name.contains(".")).stream()
                .map(Capture::new)
                .filter(capture -> Files.exists(capture.before().xenstore())
                        && Files.exists(capture.after().xenstore()))
                .toList();
    }

    static Capture named(String name) {
        return new Capture(ROOT.resolve(name));
    }

    String name() {
        return directory.getFileName().toString();
    }

    Moment before() {
        return moment("before");
    }

    Moment after() {
        return moment("after");
    }

    Moment moment(String name) {
        return new Moment(directory.resolve(name));
    }

    private static List<Path> list(Path directory, Predicate<String> wanted) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(entry -> wanted.test(entry.getFileName().toString()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
