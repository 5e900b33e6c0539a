// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.xenledger.app.InputException;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.integrity.Verified;
import org.xenledger.ledger.transfer.Export;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Writes the whole ledger as JSON Lines. */
@Command(
        name = "export",
        description = "Write the whole ledger as JSON Lines. Of a damaged ledger what is valid is written, and exit"
                + " status 1 says so.")
final class ExportCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "where to; made for its owner only (default: standard output)")
    private Path file;

    @Override
    public Integer call() {
        Output output = main.output();
        try (Store store = Stores.toRead(main.store(), output);
                Bar bar = Bar.on(output.err(), "export", " events")) {
            Verified verified =
                    file == null ? toStandardOutput(store, bar) : Export.toFile(store, file, Instant.now(), bar);
            verified.broken()
                    .ifPresent(broken -> output.remark("the ledger is damaged: only what comes before event "
                            + broken.position() + " was exported; " + broken.reason()));
            return verified.valid() && store.loss().isEmpty() ? ExitStatus.OK : ExitStatus.FAILED;
        }
    }

    private static Verified toStandardOutput(Store store, Bar bar) {
        try (OutputStream out = new StandardOutput()) {
            return Export.toStream(store, out, Instant.now(), bar);
        } catch (IOException e) {
            throw new InputException("the export cannot be written: " + e.getMessage(), e);
        }
    }
}
