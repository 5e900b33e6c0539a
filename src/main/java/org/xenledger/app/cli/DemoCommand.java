// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Tells a short story with the real commands on a real capture: on a Xen 4.17 host {@code xl block-attach} was killed
 * between the commit of the device and its hotplug script, and {@code xl list -l} called the result healthy.
 */
@Command(name = "demo", description = "A short story on data of a real Xen host that comes with the program.")
final class DemoCommand implements Callable<Integer> {
    private static final String RESOURCES = "/demo/";
    private static final String GUEST = "guest1";
    private static final String BEFORE = "2026-11-22T22:04:00Z";
    private static final String AFTER = "2026-11-22T22:05:00Z";

    @Spec
    private CommandSpec spec;

    /** One command of the story: what to say before it, what it must return, and its arguments. */
    private record Scene(String says, int status, List<String> arguments) {}

    @Override
    public Integer call() throws IOException {
        try (TemporaryDirectory directory = TemporaryDirectory.create("xenledger-demo")) {
            unpack(directory.path());
            return tell(directory.path());
        }
    }

    private int tell(Path directory) {
        PrintWriter out = spec.commandLine().getOut();
        String store = directory.resolve("ledger").toString();
        for (Scene scene : story(directory)) {
            out.println();
            out.println("# " + scene.says());
            out.println("$ xenledger " + String.join(" ", scene.arguments()).replace(directory + "/", ""));
            List<String> arguments = new ArrayList<>(scene.arguments());
            arguments.addAll(List.of("--store", store));
            int status = Main.run(out, spec.commandLine().getErr(), arguments.toArray(String[]::new));
            if (status != scene.status()) {
                spec.commandLine().getErr().println("xenledger: the demo's last command returned " + status);
                return ExitStatus.FAILED;
            }
        }
        out.println();
        out.println("# xl list -l called this guest healthy; the ledger knows that the disk's script never ran.");
        return ExitStatus.OK;
    }

    private static List<Scene> story(Path directory) {
        return List.of(
                new Scene(
                        "A real host, before: one guest with a disk and a nic.",
                        ExitStatus.OK,
                        look("record", directory.resolve("before"), BEFORE)),
                new Scene(
                        "An operator attached a disk, and xl died half way. Look again.",
                        ExitStatus.OK,
                        look("record", directory.resolve("after"), AFTER)),
                new Scene("What happened since:", ExitStatus.OK, List.of("history", GUEST, "--since", AFTER)),
                new Scene("What changed since the first look:", ExitStatus.DIFFERENCE, List.of("diff", GUEST, BEFORE)),
                new Scene(
                        "The guest as it was at the first look:",
                        ExitStatus.OK,
                        List.of("show", GUEST, "--at", BEFORE)),
                new Scene(
                        "Do the views agree now?",
                        ExitStatus.DIFFERENCE,
                        look("check", directory.resolve("after"), AFTER)));
    }

    private static List<String> look(String command, Path moment, String time) {
        return List.of(
                command,
                "--xenstore-dump",
                moment.resolve("xenstore.txt").toString(),
                "--userdata",
                moment.resolve("userdata").toString(),
                "--taken-at",
                time);
    }

    private static void unpack(Path directory) throws IOException {
        for (String name : text("files.txt").lines().toList()) {
            Path file = directory.resolve(name);
            try (InputStream in = resource(name)) {
                Files.createDirectories(file.getParent());
                Files.copy(in, file);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot unpack " + file, e);
            }
        }
    }

    private static String text(String name) throws IOException {
        try (InputStream in = resource(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InputStream resource(String name) {
        InputStream in = DemoCommand.class.getResourceAsStream(RESOURCES + name);
        if (in == null) {
            throw new IllegalStateException("the demo's " + name + " is not in the program");
        }
        return in;
    }
}
