// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import org.xenledger.app.Moment;
import org.xenledger.app.Session;
import org.xenledger.app.Settings;
import org.xenledger.app.UsageException;
import org.xenledger.app.operate.Wiring;
import org.xenledger.ledger.StoreLocation;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program {@code xenledger}. */
@Command(
        name = "xenledger",
        description = "An audit trail of Xen domains: what others and we did to their devices, step by step.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND")
public final class Main {
    private final Wiring wiring;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--store",
            paramLabel = "DIR",
            defaultValue = "/var/lib/xenledger",
            scope = ScopeType.INHERIT,
            description = "where the ledger is (default: ${DEFAULT-VALUE})")
    private String store;

    @Option(
            names = "--xenstore",
            paramLabel = "SOCKET",
            scope = ScopeType.INHERIT,
            description = "the socket of xenstored (default: as libxenstore has it)")
    private Path xenstore;

    @Option(
            names = "--xenstore-dump",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "look at the text of `xenstore-ls -fp` instead of a live xenstore")
    private Path xenstoreDump;

    @Option(
            names = "--userdata",
            paramLabel = "DIR",
            defaultValue = "/var/lib/xen",
            scope = ScopeType.INHERIT,
            description = "where libxl keeps its files (default: ${DEFAULT-VALUE})")
    private Path userdata;

    @Option(
            names = "--output",
            paramLabel = "table|json",
            defaultValue = "table",
            scope = ScopeType.INHERIT,
            description = "how to print (default: ${DEFAULT-VALUE})")
    private OutputForm output;

    @Option(
            names = "--host",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            description = "the host that a dump is of (default: dump)")
    private String host;

    @Option(
            names = "--boot-id",
            paramLabel = "ID",
            defaultValue = "",
            scope = ScopeType.INHERIT,
            description = "the boot that a dump is of")
    private String bootId;

    @Option(
            names = "--taken-at",
            paramLabel = "TIME",
            scope = ScopeType.INHERIT,
            description = "when a dump was taken (default: the time of its file)")
    private String takenAt;

    public static void main(String[] arguments) {
        LogSettings.use();
        StandardOutput standardOutput = new StandardOutput();
        PrintWriter out = new PrintWriter(standardOutput, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        CommandLine program = program(Wiring.PLAIN, out, err, arguments);
        int status = program.execute(arguments);
        if (out.checkError()) {
            status = standardOutput.readerGone() ? ExitStatus.READER_GONE : Failures.unwritten(program);
        }
        System.exit(status);
    }

    /** Runs one command and gives its exit status. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        return run(Wiring.PLAIN, out, err, arguments);
    }

    static int run(Wiring wiring, PrintWriter out, PrintWriter err, String... arguments) {
        return program(wiring, out, err, arguments).execute(arguments);
    }

    private static CommandLine program(Wiring wiring, PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine program = new CommandLine(new Main(wiring));
        Commands.addTo(program, arguments);
        program.setOut(out);
        program.setErr(err);
        program.setCaseInsensitiveEnumValuesAllowed(true);
        program.setParameterExceptionHandler(Failures::wrongUsage);
        program.setExecutionExceptionHandler(Failures::failed);
        return program;
    }

    private Main(Wiring wiring) {
        this.wiring = wiring;
    }

    /** What operations of this run go through. */
    Wiring wiring() {
        return wiring;
    }

    StoreLocation store() {
        return StoreLocation.parse(store);
    }

    Session session() {
        if (xenstoreDump == null && (host != null || takenAt != null || !bootId.isEmpty())) {
            throw new UsageException(
                    "--host, --boot-id and --taken-at describe a dump: give --xenstore-dump with them");
        }
        Instant at = takenAt == null ? null : Moment.parseTime(takenAt, ZoneId.systemDefault());
        return new Session(new Settings(store, xenstore, xenstoreDump, userdata, host, bootId, at));
    }

    Output output() {
        return new Output(spec.commandLine().getOut(), spec.commandLine().getErr(), output);
    }
}
