// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.xenledger.app.operate.Operator;
import org.xenledger.domain.StreamId;
import org.xenledger.reconcile.Stranded;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Finishes or undoes what our own dead processes have left half done. */
@Command(
        name = "heal",
        description = "Finish or undo our own operations whose process has ended. What others left half done stays.")
final class HealCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Mixin
    private OperatingOptions options;

    @Parameters(arity = "0..1", paramLabel = "DOMAIN", description = "a uuid, a domid or a name (default: all)")
    private String domain;

    @Option(names = "--dry-run", description = "only say what would be done, and to which paths")
    private boolean dryRun;

    @Option(names = "--force", description = "take devices from guests that do not let go")
    private boolean force;

    @Override
    public Integer call() {
        OperationLines lines = new OperationLines(main.output());
        try (Operator operator = options.open(main, "heal")) {
            Predicate<StreamId> wanted = wanted(operator);
            Supplier<List<Stranded>> stranded = () -> operator.stranded(force).stream()
                    .filter(left -> wanted.test(left.stream()))
                    .toList();
            if (dryRun) {
                return lines.planned(
                        operator.left(force).stream()
                                .filter(left -> wanted.test(left.stream()))
                                .toList(),
                        stranded.get());
            }
            return lines.resumed(operator.recover(left -> wanted.test(left.stream()), force), stranded);
        }
    }

    private Predicate<StreamId> wanted(Operator operator) {
        return domain == null ? any -> true : operator.select(domain)::equals;
    }
}
