// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xenledger.app.cli.Main;

/**
 * What children load of Java and of the libraries, in an archive of classes (CDS): without it that is a third of the
 * processor time of each. It can hold classes of jars only, and those must come first on the class path.
 */
final class ChildArchive {
    private static final List<String> JARS = Stream.of(
                    System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> entry.endsWith(".jar"))
            .toList();

    /** Our own classes, as directories. */
    private static final List<String> OWN = Stream.of(
                    System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.endsWith(".jar"))
            .toList();

    private static final String JAVA = System.getProperty("java.home") + "/bin/java";

    /** The first Java that takes it of the manifest of a jar, and warns where it is not said; children have no jar. */
    private static final int ASKS_FOR_NATIVE_ACCESS = 22;

    /** How children run; an archive fits only a Java that runs like the one that made it. */
    private static final List<String> FLAGS = flags();

    private static final List<String> COMMAND = command(archive());

    private ChildArchive() {}

    private static List<String> flags() {
        List<String> flags = new ArrayList<>(
                List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Ddisable-axoniq-console-message=true"));
        if (Runtime.version().feature() >= ASKS_FOR_NATIVE_ACCESS) {
            flags.add("--enable-native-access=ALL-UNNAMED");
        }
        return List.copyOf(flags);
    }

    /** Java, its options and its class path; more options may follow. */
    static List<String> command() {
        return COMMAND;
    }

    private static List<String> command(Path archive) {
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(FLAGS);
        command.addAll(List.of("-Xshare:auto", "-Xlog:cds=off", "-XX:SharedArchiveFile=" + archive));
        command.addAll(List.of("-cp", path(Stream.concat(JARS.stream(), OWN.stream()))));
        return List.copyOf(command);
    }

    /** Made once for each Java and set of libraries; where it cannot be made there is none, and children do without. */
    private static Path archive() {
        Path archive = Path.of(
                        "target",
                        "children-" + Integer.toHexString(List.of(JAVA, JARS).hashCode()) + ".jsa")
                .toAbsolutePath();
        if (!Files.exists(archive)) {
            try {
                make(archive);
            } catch (IOException e) {
                System.out.println("children start without an archive of classes: " + e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return archive;
    }

    private static void make(Path archive) throws IOException, InterruptedException {
        // beside its place, so that a move is one step for whoever looks for it there
        Path draft = Files.createTempDirectory(Files.createDirectories(archive.getParent()), "children");
        Path loaded = draft.resolve("classes");
        run(List.of("-XX:DumpLoadedClassList=" + loaded), List.of(Main.class.getName(), "demo"));
        // later versions of Java number the classes of a list, and refuse a list with gaps
        List<String> theirs = Files.readAllLines(loaded).stream()
                .filter(line -> !line.contains("org/xenledger/"))
                .map(line -> line.replaceAll(" id: .*", ""))
                .toList();
        Files.write(loaded, theirs);
        Path made = draft.resolve("archive");
        run(List.of("-Xshare:dump", "-XX:SharedClassListFile=" + loaded, "-XX:SharedArchiveFile=" + made), List.of());
        if (Files.exists(made)) {
            Files.move(made, archive, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.deleteIfExists(loaded);
        Files.delete(draft);
    }

    private static void run(List<String> options, List<String> program) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(FLAGS);
        command.addAll(options);
        Stream<String> path = program.isEmpty() ? JARS.stream() : Stream.concat(JARS.stream(), OWN.stream());
        command.addAll(List.of("-cp", path(path)));
        command.addAll(program);
        new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private static String path(Stream<String> entries) {
        return entries.collect(Collectors.joining(File.pathSeparator));
    }
}
