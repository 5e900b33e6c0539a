// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.xenledger.ledger.OpenLedger;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.projection.Replay;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Makes the projections again from the events. */
@Command(
        name = "replay",
        description =
                "Rebuild the projections, from which list, show and check read, out of the events. Changes no event.")
final class ReplayCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Override
    public Integer call() {
        Output output = main.output();
        Store store = Stores.existing(main.store(), output);
        try (OpenLedger ledger = new OpenLedger(store, Clock.systemUTC())) {
            long begun = System.nanoTime();
            try (Bar bar = Bar.on(output.err(), "replay", " events")) {
                new Replay(ledger).rebuild(bar);
            }
            BigDecimal seconds = BigDecimal.valueOf((System.nanoTime() - begun) / 100_000_000, 1);
            print(output, ledger.reader().head(), ledger.reader().streams().size(), seconds);
        }
        return ExitStatus.OK;
    }

    private static void print(Output output, long events, long streams, BigDecimal seconds) {
        if (output.json()) {
            output.print(JsonNodeFactory.instance
                    .objectNode()
                    .put("events", events)
                    .put("streams", streams)
                    .put("seconds", seconds));
        } else {
            output.line(Output.count(events, "event") + " of " + Output.count(streams, "stream") + " replayed in "
                    + seconds + " s");
        }
    }
}
