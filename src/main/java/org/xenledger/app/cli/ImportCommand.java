// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.xenledger.app.InputException;
import org.xenledger.ledger.integrity.Verified;
import org.xenledger.ledger.transfer.Import;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Makes a ledger out of an export. */
@Command(
        name = "import",
        description = "Make a new ledger out of an export; it verifies with the same hashes. There must be none yet.")
final class ImportCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Parameters(paramLabel = "FILE", description = "an export")
    private Path file;

    @Override
    public Integer call() {
        Output output = main.output();
        Verified verified;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
                Bar bar = Bar.on(output.err(), "import", " bytes")) {
            verified = Import.into(main.store(), in, Files.size(file), bar, output::remark);
        } catch (IOException e) {
            String why = e instanceof NoSuchFileException ? "there is no such file" : e.getMessage();
            throw new InputException("cannot read the export " + file + ": " + why, e);
        }
        output.line(Output.count(verified.events(), "event") + " imported, fingerprint " + verified.sealed());
        return ExitStatus.OK;
    }
}
