// SPDX-License-Identifier: Apache-2.0
package org.xenledger.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.xenledger.domain.Provenance;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.command.Observe;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.domain.state.DomainState;
import org.xenledger.domain.state.Evolution;
import org.xenledger.domain.view.DomainView;
import org.xenledger.domain.view.StoreView;
import org.xenledger.domain.view.TemplateFile;
import org.xenledger.domain.view.Views;

/** A made-up host: what the ledger saw before, and what a look shows now. */
final class Findings {
    static final Duration GRACE = Duration.ofSeconds(60);

    private final Map<StreamId, DomainState> ledger = new HashMap<>();

    /** A ledger that saw these at a time and nothing since. */
    static Findings recorded(Instant at, DomainView... views) {
        return new Findings().look(at, views);
    }

    /** One more look that was recorded. */
    Findings look(Instant at, DomainView... views) {
        for (DomainView view : views) {
            fold(view.stream(), observed(at, state(view.stream()), views));
        }
        return this;
    }

    Findings then(DomainEvent... events) {
        fold(Views.GUEST, List.of(events));
        return this;
    }

    List<Finding> at(Instant at, DomainView... views) {
        return at(at, host(Views.STORE, views));
    }

    List<Finding> at(Instant at, HostView host) {
        return Comparison.of(host, ledger, at, GRACE, Owners.UNKNOWN);
    }

    List<Resumption> resumptions(Instant at, HostView host, Owners owners, boolean force) {
        return Resumptions.of(host, ledger, at, owners, force);
    }

    static HostView host(StoreView store, DomainView... views) {
        return new HostView(Views.HOST, List.of(views), List.of(), Set.of(), store);
    }

    static HostView withOrphans(StoreView store, TemplateFile... files) {
        return new HostView(Views.HOST, List.of(), List.of(files), Set.of(), store);
    }

    StoreTrouble trouble(HostView host) {
        return StoreTrouble.in(host, ledger);
    }

    static HostView withOrphan(TemplateFile file) {
        return withOrphans(Views.STORE, file);
    }

    static HostView withLeftover(String path) {
        return host(new StoreView("", List.of(), List.of(path)));
    }

    static HostView incomplete(String why) {
        return host(new StoreView(why, List.of(), List.of()));
    }

    private static List<DomainEvent> observed(Instant at, DomainState state, DomainView... views) {
        Provenance by = new Provenance("others", Views.HOST, "a test", at);
        List<DomainView> ofStream = List.of(views).stream()
                .filter(v -> v.stream().equals(state.id()))
                .toList();
        return new Observe(state.id(), by, ofStream, Set.of()).decide(state);
    }

    private DomainState state(StreamId stream) {
        return ledger.getOrDefault(stream, DomainState.unknown(stream));
    }

    private void fold(StreamId stream, List<DomainEvent> events) {
        DomainState state = state(stream);
        for (DomainEvent event : events) {
            state = Evolution.evolve(state, event);
        }
        ledger.put(stream, state);
    }
}
