// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.xenledger.domain.HostIdentity;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.domain.state.DomainState;
import org.xenledger.domain.state.Evolution;
import org.xenledger.domain.state.IncarnationState;
import org.xenledger.domain.view.DomainView;
import org.xenledger.domain.view.Views;

/** A ledger of one guest that is filled by looking, a look every ten seconds. */
final class Looks {
    private static final int INTERVAL = 10;

    private DomainState state = DomainState.unknown(Views.GUEST);
    private int count;

    /** A ledger that has seen this. */
    static Looks after(DomainView... views) {
        Looks looks = new Looks();
        looks.at(views);
        return looks;
    }

    List<DomainEvent> at(DomainView... views) {
        return at(Views.HOST, true, views);
    }

    /** Looks, folds what was decided and gives it back. */
    List<DomainEvent> at(HostIdentity host, boolean whole, DomainView... views) {
        Set<Integer> mayLive = whole ? Set.of() : Set.of(Views.DOMID);
        var observe = new Observe(Views.GUEST, Views.by(host, (long) count++ * INTERVAL), List.of(views), mayLive);
        List<DomainEvent> events = observe.decide(state);
        fold(events);
        return events;
    }

    void fold(List<? extends DomainEvent> events) {
        for (DomainEvent event : events) {
            state = Evolution.evolve(state, event);
        }
    }

    DomainState state() {
        return state;
    }

    IncarnationState life() {
        return state.incarnation(Views.LIFE).orElseThrow();
    }

    /** The names of events. */
    static List<String> names(List<DomainEvent> events) {
        List<String> names = new ArrayList<>();
        events.forEach(event -> names.add(event.getClass().getSimpleName()));
        return names;
    }
}
