// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.xenledger.app.UsageException;
import org.xenledger.toolstack.simulation.GuestPlan;
import org.xenledger.toolstack.simulation.SimulatedHost;
import org.xenledger.toolstack.simulation.SimulatedHypervisor;
import org.xenledger.xenstore.client.XenstoreClient;
import org.xenledger.xenstore.server.XenstoreServer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A host for people without Xen: the other commands find it on a socket, as they find a real one's xenstored. */
@Command(
        name = "simulate",
        description = "A simulated host for the other commands to look at, until it is stopped (Ctrl-C).")
final class SimulateCommand implements Callable<Integer> {
    private static final int MOST_DOMAINS = 1000;
    private static final int LONGEST_END_SECONDS = 10;

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--socket",
            paramLabel = "PATH",
            description = "where its xenstore listens (default: in a new temporary directory)")
    private Path socket;

    @Option(
            names = "--on",
            paramLabel = "SOCKET",
            description = "live in this xenstored, which must be empty, instead of in an own one")
    private Path on;

    @Option(
            names = "--domains",
            paramLabel = "N",
            defaultValue = "3",
            description = "how many domains there are (default: ${DEFAULT-VALUE})")
    private int domains;

    @Override
    public Integer call() throws InterruptedException {
        if (on != null && socket != null) {
            throw new UsageException("give --socket for a xenstore of its own, or --on for another's, not both");
        }
        if (domains < 0 || domains > MOST_DOMAINS) {
            throw new UsageException("--domains takes a number from 0 to " + MOST_DOMAINS);
        }
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stop.countDown();
            await(over);
        }));
        try (TemporaryDirectory own = TemporaryDirectory.create("xenledger-simulate")) {
            if (on == null) {
                Path here = socket == null ? own.path().resolve("socket") : socket;
                XenstoreServer server = XenstoreServer.start(here);
                try {
                    run(here, own, stop);
                } finally {
                    server.close();
                }
            } else {
                run(on, own, stop);
            }
        } finally {
            over.countDown();
        }
        return ExitStatus.OK;
    }

    private void run(Path xenstore, TemporaryDirectory own, CountDownLatch stop) throws InterruptedException {
        Path userdata = userdata(own);
        try (XenstoreClient client = XenstoreClient.open(xenstore)) {
            if (client.children("/").stream().anyMatch(Set.of("local", "libxl", "vm")::contains)) {
                throw new UsageException("the xenstore at " + xenstore
                        + " is in use: a simulated host would take the place of the one that it holds; leave --on out");
            }
            try (SimulatedHost host =
                    new SimulatedHost(client, userdata, SimulatedHypervisor.none(client), InstantSource.system())) {
                try {
                    for (int n = 1; n <= domains && stop.getCount() > 0; n++) {
                        host.create(GuestPlan.sample(n));
                    }
                    tell(xenstore, userdata, own.path().resolve("ledger"));
                    stop.await();
                } finally {
                    host.leave();
                }
            }
        }
    }

    /** Never a real host's, whose files would be written over; the usual default is that. */
    private Path userdata(TemporaryDirectory own) {
        CommandLine here = spec.commandLine();
        boolean given = Stream.of(here, here.getParent())
                .anyMatch(command -> command.getParseResult().hasMatchedOption("--userdata"));
        Path directory =
                given ? main.session().settings().userdata() : own.path().resolve("xen");
        try {
            Files.createDirectories(directory);
            try (Stream<Path> files = Files.list(directory)) {
                if (files.findAny().isPresent()) {
                    throw new UsageException(directory + " is not empty: give --userdata a new directory, or none");
                }
            }
            return directory;
        } catch (IOException e) {
            throw new UsageException(
                    "cannot use " + directory + " (" + e.getMessage() + "): give --userdata a new directory, or none");
        }
    }

    private void tell(Path xenstore, Path userdata, Path ledger) {
        Output output = main.output();
        if (output.json()) {
            output.print(JsonNodeFactory.instance
                    .objectNode()
                    .put("xenstore", xenstore.toString())
                    .put("userdata", userdata.toString())
                    .put("domains", domains));
        } else {
            output.line("a simulated host with " + Output.count(domains, "domain")
                    + " runs until it is stopped (Ctrl-C);" + " give the other commands");
            output.line("--xenstore " + xenstore + " --userdata " + userdata + " --store " + ledger);
        }
        output.out().flush();
    }

    /** So that the program does not end before its host has. */
    private static void await(CountDownLatch over) {
        try {
            if (!over.await(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("xenledger: the simulated host did not end in time: its files are left");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
