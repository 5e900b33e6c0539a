// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.transfer.Backup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Copies the store. */
@Command(name = "backup", description = "Copy the whole store into one file, projections and key included.")
final class BackupCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Parameters(paramLabel = "FILE", description = "where to; made for its owner only")
    private Path file;

    @Override
    public Integer call() {
        try (Store store = Stores.toRead(main.store(), main.output())) {
            Backup.toFile(store, file);
        }
        main.output().line("the ledger is copied to " + file);
        return ExitStatus.OK;
    }
}
