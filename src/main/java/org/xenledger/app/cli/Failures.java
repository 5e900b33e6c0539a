// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.xenledger.app.InputException;
import org.xenledger.app.UsageException;
import org.xenledger.app.operate.OperationException;
import org.xenledger.domain.command.RefusedException;
import org.xenledger.domain.operation.UnfinishedException;
import org.xenledger.ledger.LedgerException;
import org.xenledger.toolstack.simulation.SimulationException;
import org.xenledger.toolstack.spec.SpecException;
import org.xenledger.toolstack.userdata.UserdataException;
import org.xenledger.xenstore.wire.XenstoreException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** What goes wrong, said in one sentence on standard error with the right exit status. */
final class Failures {
    /** Comparisons that could not be made are not "a difference was found". */
    private static final List<String> COMPARISONS = List.of("check", "diff", "verify");

    private static final String TRACES = "XENLEDGER_DEBUG";

    private Failures() {}

    static int wrongUsage(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        String sentence = e.getMessage().lines().findFirst().orElse("wrong usage");
        say(command, sentence + "; see `" + command.getCommandSpec().qualifiedName() + " --help`");
        return ExitStatus.USAGE;
    }

    static int failed(Exception e, CommandLine command, ParseResult parsed) {
        if (e instanceof UsageException || e instanceof IllegalArgumentException || e instanceof SpecException) {
            say(command, e.getMessage());
            return ExitStatus.USAGE;
        }
        if (e.getCause() instanceof StandardOutput.ReaderGone) {
            return ExitStatus.READER_GONE;
        }
        boolean ours = e instanceof LedgerException
                || e instanceof InputException
                || e instanceof UserdataException
                || e instanceof OperationException
                || e instanceof RefusedException
                || e instanceof UnfinishedException
                || e instanceof SimulationException
                || e instanceof XenstoreException;
        boolean files = e instanceof IOException || e instanceof UncheckedIOException;
        if (files) {
            say(command, inFiles(e));
        } else {
            say(command, ours ? e.getMessage() : "this is a defect of xenledger, please report it: " + e);
        }
        if (!(ours || files) || System.getenv(TRACES) != null) {
            e.printStackTrace(command.getErr());
        }
        return failed(command);
    }

    /** The result is not, or not all, where it was to go. */
    static int unwritten(CommandLine program) {
        ParseResult subcommand = program.getParseResult().subcommand();
        say(
                program,
                "standard output cannot be written, what is there is not all: is the disk full, or the reader gone?");
        return subcommand == null
                ? ExitStatus.FAILED
                : failed(subcommand.commandSpec().commandLine());
    }

    private static int failed(CommandLine command) {
        return COMPARISONS.contains(command.getCommandName()) ? ExitStatus.USAGE : ExitStatus.FAILED;
    }

    /** What was tried, with which file, and the reason, as far as the system says them. */
    private static String inFiles(Exception e) {
        Throwable cause = e instanceof UncheckedIOException ? e.getCause() : e;
        String failed =
                cause instanceof FileSystemException file ? file.getFile() + ": " + reason(file) : cause.getMessage();
        boolean saysMore =
                e instanceof UncheckedIOException && !cause.toString().equals(e.getMessage());
        return saysMore ? e.getMessage() + ": " + failed : failed;
    }

    private static String reason(FileSystemException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file or directory";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        return e.getReason() != null ? e.getReason() : e.getClass().getSimpleName();
    }

    private static void say(CommandLine command, String sentence) {
        command.getErr().println("xenledger: " + TerminalText.of(String.valueOf(sentence)));
        command.getErr().flush();
    }
}
