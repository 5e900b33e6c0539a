// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.xenledger.app.ClosedBySignal;
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

    /**
     * One look, compared with the ledger.
     *
     * @param look the look, which cannot be taken again: a dump may come through a pipe
     * @param head the ledger's last event then
     * @param lag how many events its projection is behind
     * @param quiet whether the look tells nothing new
     */
    private record Seen(Look look, long head, long lag, List<Observe> observations, boolean quiet) {
        static Seen by(Session session, LedgerReader reader, Function<Collection<DomainState>, Look> looking) {
            long head = reader.head();
            Map<StreamId, DomainState> known = reader.states();
            Look look = looking.apply(known.values());
            List<Observe> observations = session.observations(look, known, "record by " + HostFacts.actor());
            boolean quiet = observations.stream()
                    .allMatch(observe -> observe.decide(
                                    known.getOrDefault(observe.stream(), DomainState.unknown(observe.stream())))
                            .isEmpty());
            return new Seen(look, head, reader.lag(), observations, quiet);
        }
    }

    @Override
    public Integer call() {
        Session session = main.session();
        Optional<Seen> seen = main.store().isMissing() ? Optional.empty() : look(session);
        boolean nothingToDo = seen.filter(s -> s.quiet() && s.lag() == 0).isPresent();
        print(main.output(), nothingToDo ? List.of() : record(session, seen));
        return ExitStatus.OK;
    }

    /** Through a store that is only read, so that a quiet host costs no writing; of one that has lost events, none. */
    private Optional<Seen> look(Session session) {
        try (Store store = Store.openForReading(main.store(), Store.PATIENCE)) {
            return store.loss().isPresent()
                    ? Optional.empty()
                    : Optional.of(Seen.by(session, new LedgerReader(store), known -> look(session, store, known)));
        }
    }

    private static Look look(Session session, Store store, Collection<DomainState> known) {
        return session.look(new Secrets(store.secretKey()), known);
    }

    /**
     * Records the look that was taken, or takes one. Where another process recorded meanwhile, that look is older than what
     * it would be compared with, and is taken again; a dump cannot be.
     */
    private List<RecordedEvent> record(Session session, Optional<Seen> earlier) {
        Store store = Stores.toWrite(main.store(), main.output());
        try (ClosedBySignal open = new ClosedBySignal(AxonLedger.open(store, Clock.systemUTC()))) {
            Ledger ledger = open.ledger();
            Seen seen = earlier.filter(s -> s.head() == ledger.durablePosition())
                    .orElseGet(() -> Seen.by(
                            session,
                            ledger.reader(),
                            known -> earlier.map(Seen::look)
                                    .filter(look -> session.settings().fromDump())
                                    .orElseGet(() -> look(session, store, known))));
            return ledger.handleAll(List.copyOf(seen.observations()));
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
