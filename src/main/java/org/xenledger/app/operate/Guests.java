// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.operate;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.xenledger.app.DomainSelector;
import org.xenledger.app.Look;
import org.xenledger.app.Session;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.command.DomainCommand;
import org.xenledger.domain.command.Observe;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.domain.state.DomainState;
import org.xenledger.domain.template.Secrets;
import org.xenledger.domain.view.DomainView;
import org.xenledger.ledger.Ledger;
import org.xenledger.reconcile.StoreTrouble;
import org.xenledger.reconcile.verdict.DomainVerdict;
import org.xenledger.reconcile.verdict.Severity;
import org.xenledger.toolstack.userdata.DomainFiles;

/** Looks at the host, records what is seen, and finds the domain that somebody means. */
final class Guests {
    private final Session session;
    private final Ledger ledger;
    private final Secrets secrets;

    Guests(Session session, Ledger ledger, Secrets secrets) {
        this.session = session;
        this.ledger = ledger;
        this.secrets = secrets;
    }

    /** A look, and what the ledger knows when it is recorded. */
    record Recorded(Look look, Map<StreamId, DomainState> states) {}

    /**
     * Looks and records, one caller after the other: an older look that is recorded after a younger one would take back what
     * that one told. Of a domain whose own operation told something during the look, nothing is recorded: nobody knows
     * whether the look shows the world before it or after.
     */
    synchronized Recorded look(String cause) {
        Map<StreamId, DomainState> known = ledger.reader().states();
        Look look = session.look(secrets, known.values());
        List<DomainCommand> seen = session.observations(look, known, cause).stream()
                .<DomainCommand>map(observation -> new Unmoved(observation, versionOf(known, observation.stream())))
                .toList();
        ledger.handleAll(seen);
        return new Recorded(look, ledger.reader().states());
    }

    /** What was seen of a domain, as long as the ledger knows no more of it than when the look began. */
    private record Unmoved(Observe observation, long version) implements DomainCommand {
        @Override
        public StreamId stream() {
            return observation.stream();
        }

        @Override
        public List<DomainEvent> decide(DomainState state) {
            return state.version() == version ? observation.decide(state) : List.of();
        }
    }

    private static long versionOf(Map<StreamId, DomainState> known, StreamId stream) {
        return known.getOrDefault(stream, DomainState.unknown(stream)).version();
    }

    StreamId select(String domain) {
        return new DomainSelector(ledger.reader().states().values())
                .select(domain)
                .id();
    }

    /**
     * The domain that is meant, as a fresh look shows it.
     *
     * @param foreign whether it may be one that libvirt manages
     * @throws OperationException when nothing may be plugged there
     */
    Guest find(String domain, String cause, boolean foreign) {
        Recorded recorded = look(cause);
        DomainState state = new DomainSelector(recorded.states().values()).select(domain);
        if (StoreTrouble.in(recorded.look().host(), recorded.states()).any()) {
            throw new OperationException("xenstore is in trouble, so nothing is plugged: look with `xenledger check`");
        }
        List<DomainView> lives = recorded.look().host().domains().stream()
                .filter(view -> view.stream().equals(state.id()))
                .filter(view -> DomainVerdict.on(view, false).severity() == Severity.IN_ORDER)
                .toList();
        if (lives.size() != 1) {
            throw new OperationException(
                    domain + " does not run here, or is not in order: see `xenledger check " + domain + "`");
        }
        Guest guest = new Guest(lives.get(0), state);
        refuseForeign(guest, foreign);
        return guest;
    }

    private void refuseForeign(Guest guest, boolean foreign) {
        DomainFiles files = new DomainFiles(
                session.settings().userdata(), guest.domid(), guest.stream().value());
        if (!foreign && Files.exists(files.libvirt())) {
            throw new OperationException(guest.name()
                    + " is managed by libvirt, which keeps a copy of its own: use virsh, or say --foreign");
        }
    }
}
