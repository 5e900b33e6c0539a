// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import java.util.List;
import java.util.Set;
import picocli.CommandLine;

/**
 * The commands that there are. Picocli takes longer to examine a command and its options than most commands take to run,
 * so it is told only of those that the arguments name, and of all where none is named or help is wanted.
 */
final class Commands {
    private record Known(String name, Class<?> type) {}

    /** In the order of the help. */
    private static final List<Known> ALL = List.of(
            new Known("record", RecordCommand.class),
            new Known("list", ListCommand.class),
            new Known("show", ShowCommand.class),
            new Known("history", HistoryCommand.class),
            new Known("diff", DiffCommand.class),
            new Known("attach", AttachCommand.class),
            new Known("detach", DetachCommand.class),
            new Known("check", CheckCommand.class),
            new Known("heal", HealCommand.class),
            new Known("verify", VerifyCommand.class),
            new Known("export", ExportCommand.class),
            new Known("import", ImportCommand.class),
            new Known("backup", BackupCommand.class),
            new Known("compact", CompactCommand.class),
            new Known("replay", ReplayCommand.class),
            new Known("demo", DemoCommand.class),
            new Known("simulate", SimulateCommand.class));

    private static final Set<String> HELP = Set.of("-h", "--help");

    private Commands() {}

    /** Adds the commands that these arguments need. */
    static void addTo(CommandLine program, String... arguments) {
        List<String> words = List.of(arguments);
        List<Known> named =
                ALL.stream().filter(known -> words.contains(known.name())).toList();
        boolean all = named.isEmpty() || words.stream().anyMatch(HELP::contains);
        (all ? ALL : named).forEach(known -> program.addSubcommand(known.name(), known.type()));
    }
}
