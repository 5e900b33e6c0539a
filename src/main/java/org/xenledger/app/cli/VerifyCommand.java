// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.integrity.Anchor;
import org.xenledger.ledger.integrity.Break;
import org.xenledger.ledger.integrity.Place;
import org.xenledger.ledger.integrity.SelfCheck;
import org.xenledger.ledger.integrity.Verification;
import org.xenledger.ledger.integrity.Verified;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Checks the chains of hashes and the seals. */
@Command(
        name = "verify",
        description = "Check every event against its hash, its stream's chain and the seals; print the ledger's"
                + " fingerprint. Exit status 1 when something is not as it was written.")
final class VerifyCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Option(
            names = "--anchor",
            paramLabel = "FILE",
            description =
                    "a file kept elsewhere: the ledger must continue every fingerprint in it, and its own is added")
    private Path anchor;

    @Override
    public Integer call() {
        Output output = main.output();
        try (Store store = Store.openForReading(main.store(), Store.PATIENCE)) {
            Verified verified = verified(store, output);
            Optional<String> broken = verified.broken()
                    .map(VerifyCommand::sentence)
                    .or(store::loss)
                    .or(() -> SelfCheck.found(store));
            if (broken.isEmpty() && anchor != null) {
                Anchor kept = new Anchor(anchor);
                if (kept.begins()) {
                    output.remark(anchor + " was not there: it begins with the fingerprint of now, and says nothing"
                            + " about what was before");
                }
                broken = kept.extend(store, verified, Instant.now());
            }
            print(output, verified, broken);
            return broken.isPresent() ? ExitStatus.DIFFERENCE : ExitStatus.OK;
        }
    }

    private static Verified verified(Store store, Output output) {
        try (Bar bar = Bar.on(output.err(), "verify", " events")) {
            return Verification.of(store, bar);
        }
    }

    private static String sentence(Break broken) {
        return "the first bad event is number " + broken.position() + ": " + broken.reason();
    }

    private static void print(Output output, Verified verified, Optional<String> broken) {
        String last = verified.lastValid() == null ? "none" : words(verified.lastValid());
        if (output.json()) {
            ObjectNode object = JsonNodeFactory.instance
                    .objectNode()
                    .put("valid", broken.isEmpty())
                    .put("events", verified.events())
                    .put("last_valid", last)
                    .put("not_sealed", verified.unsealed())
                    .put("fingerprint", verified.sealed().toString());
            broken.ifPresent(why -> object.put("broken", why));
            output.print(object);
            return;
        }
        output.line(Output.count(verified.events(), "event") + ", " + (broken.isEmpty() ? "all valid" : "NOT VALID"));
        broken.ifPresent(output::line);
        output.line("last valid event: " + last);
        if (verified.unsealed() > 0) {
            output.line("not sealed yet: " + Output.count(verified.unsealed(), "event"));
        }
        output.line("fingerprint: " + verified.sealed());
    }

    private static String words(Place place) {
        return place.position() + " (event " + place.sequence() + " of " + place.stream() + ", " + place.time() + ")";
    }
}
