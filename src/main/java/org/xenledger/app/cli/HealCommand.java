// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.xenledger.app.operate.Operator;
import org.xenledger.domain.StreamId;
import org.xenledger.reconcile.Resumption;
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
            Predicate<Resumption> wanted = wanted(operator);
            if (dryRun) {
                return lines.planned(
                        operator.left(force).stream().filter(wanted).toList());
            }
            return lines.resumed(operator.recover(wanted, force));
        }
    }

    private Predicate<Resumption> wanted(Operator operator) {
        if (domain == null) {
            return resumption -> true;
        }
        StreamId meant = operator.select(domain);
        return resumption -> resumption.stream().equals(meant);
    }
}
