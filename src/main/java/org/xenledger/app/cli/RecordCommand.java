// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.xenledger.app.HostFacts;
import org.xenledger.app.Look;
import org.xenledger.app.Session;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.command.Observe;
import org.xenledger.domain.event.RecordedEvent;
import org.xenledger.domain.state.DomainState;
import org.xenledger.domain.template.Secrets;
import org.xenledger.ledger.Ledger;
import org.xenledger.ledger.LedgerReader;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.axon.AxonLedger;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Looks once at all views and appends what changed since the last look. */
@Command(name = "record", description = "Look once at all views and append what changed since the last look.")
final class RecordCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Override
    public Integer call() {
        Session session = main.session();
        Output output = main.output();
        if (nothingNew(session)) {
            print(output, List.of());
            return ExitStatus.OK;
        }
        Store store = Stores.toWrite(main.store(), output);
        try (Ledger ledger = AxonLedger.open(store, Clock.systemUTC())) {
            Map<StreamId, DomainState> known = ledger.reader().states();
            Look look = session.look(new Secrets(store.secretKey()), known.values());
            List<Observe> observations = session.observations(look, known, "record by " + HostFacts.actor());
            List<RecordedEvent> recorded = ledger.handleAll(List.copyOf(observations));
            print(output, recorded);
        }
        return ExitStatus.OK;
    }

    /** Asked of a store that is only read, so that a quiet host costs no writing; a projection that lags is work to do. */
    private boolean nothingNew(Session session) {
        if (main.store().isMissing()) {
            return false;
        }
        try (Store store = Stores.toRead(main.store())) {
            LedgerReader reader = new LedgerReader(store);
            if (reader.lag() > 0) {
                return false;
            }
            Map<StreamId, DomainState> known = reader.states();
            Look look = session.look(new Secrets(store.secretKey()), known.values());
            return session.observations(look, known, "look").stream()
                    .allMatch(observe -> observe.decide(
                                    known.getOrDefault(observe.stream(), DomainState.unknown(observe.stream())))
                            .isEmpty());
        }
    }

    private static void print(Output output, List<RecordedEvent> recorded) {
        if (output.json()) {
            output.print(EventJson.array(recorded));
            return;
        }
        for (RecordedEvent event : recorded) {
            output.line(EventLines.brief(event));
        }
        long domains = recorded.stream().map(RecordedEvent::stream).distinct().count();
        output.line(
                recorded.isEmpty()
                        ? "nothing changed since the last look"
                        : Output.count(recorded.size(), "event") + " of " + Output.count(domains, "domain")
                                + " recorded");
    }
}
