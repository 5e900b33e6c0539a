// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import java.util.List;
import org.xenledger.app.InputException;
import org.xenledger.app.UsageException;
import org.xenledger.app.operate.OperationException;
import org.xenledger.domain.command.RefusedException;
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
        boolean comparison = COMPARISONS.contains(command.getCommandName());
        if (e instanceof UsageException || e instanceof IllegalArgumentException || e instanceof SpecException) {
            say(command, e.getMessage());
            return ExitStatus.USAGE;
        }
        boolean ours = e instanceof LedgerException
                || e instanceof InputException
                || e instanceof UserdataException
                || e instanceof OperationException
                || e instanceof RefusedException
                || e instanceof SimulationException
                || e instanceof XenstoreException;
        say(command, ours ? e.getMessage() : "this is a defect of xenledger, please report it: " + e);
        if (!ours || System.getenv(TRACES) != null) {
            e.printStackTrace(command.getErr());
        }
        return comparison ? ExitStatus.USAGE : ExitStatus.FAILED;
    }

    private static void say(CommandLine command, String sentence) {
        command.getErr().println("xenledger: " + TerminalText.of(String.valueOf(sentence)));
        command.getErr().flush();
    }
}
