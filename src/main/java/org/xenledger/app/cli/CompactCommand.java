// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import java.util.concurrent.Callable;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.transfer.Compact;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Makes the store small. */
@Command(name = "compact", description = "Make the store's file as small as it can be. Removes no event.")
final class CompactCommand implements Callable<Integer> {
    private static final long KIB = 1024;

    @ParentCommand
    private Main main;

    @Override
    public Integer call() {
        Output output = main.output();
        Compact.Sizes sizes;
        try (Bar bar = Bar.on(output.err(), "compact", " rows")) {
            sizes = Compact.run(main.store(), Store.PATIENCE, bar);
        }
        output.line("the ledger's file: " + sizes.before() / KIB + " KiB before, " + sizes.after() / KIB + " KiB now");
        return ExitStatus.OK;
    }
}
