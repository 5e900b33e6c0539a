// SPDX-License-Identifier: Apache-2.0
package org.xenledger.reconcile;

import static org.xenledger.domain.view.Views.CONNECTED;
import static org.xenledger.domain.view.Views.disk;
import static org.xenledger.domain.view.Views.domain;
import static org.xenledger.domain.view.Views.liveView;
import static org.xenledger.domain.view.Views.nic;
import static org.xenledger.domain.view.Views.template;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.xenledger.domain.Knobs;
import org.xenledger.domain.command.Observe;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.domain.state.DomainState;
import org.xenledger.domain.state.Evolution;
import org.xenledger.domain.state.IncarnationState;
import org.xenledger.domain.view.DomainView;
import org.xenledger.domain.view.LiveView;
import org.xenledger.domain.view.SeenDevice;
import org.xenledger.domain.view.TemplateView;
import org.xenledger.domain.view.Views;

/** Fixtures: what a look and a libxl-json give when they are merged. */
final class Merges {
    static final LiveView LIVE = liveView(disk(CONNECTED), nic(CONNECTED));
    static final String XVDA = "{\"vdev\":\"xvda\"}";

    private Merges() {}

    static SeenDevice drive(String params) {
        Map<String, String> keys = new TreeMap<>(Views.DISK_ATTRIBUTES);
        keys.put("removable", "1");
        keys.put("params", params);
        return disk(CONNECTED).withAttributes(keys);
    }

    static LiveView knobs(Knobs knobs) {
        return Views.turned(LIVE, knobs);
    }

    static ObjectNode withDisks(String... entries) {
        return template("{\"c_info\":{\"name\":\"guest1\"},\"disks\":[" + String.join(",", entries) + "]}");
    }

    static ObjectNode merged(LiveView live, ObjectNode template) {
        return of(live, template).tree();
    }

    static MergedConfiguration of(LiveView live, ObjectNode template) {
        DomainView view = domain(live, new TemplateView.Present(template));
        return MergedConfiguration.of(life(fold(DomainState.unknown(Views.GUEST), view)));
    }

    static IncarnationState life(DomainState state) {
        return state.incarnation(Views.LIFE).orElseThrow();
    }

    static DomainState fold(DomainState state, DomainView view) {
        DomainState result = state;
        for (DomainEvent event :
                new Observe(state.id(), Views.by(Views.HOST, 0), List.of(view), Set.of()).decide(state)) {
            result = Evolution.evolve(result, event);
        }
        return result;
    }
}
