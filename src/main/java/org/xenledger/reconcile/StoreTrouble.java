// SPDX-License-Identifier: Apache-2.0
package org.xenledger.reconcile;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.xenledger.domain.Incarnation;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.state.DomainState;
import org.xenledger.domain.state.IncarnationState;
import org.xenledger.domain.view.DomainView;
import org.xenledger.domain.view.StoreView;

/**
 * Whether xenstore itself is in trouble, as after a restart that lost what it held: domains that the ledger has running with
 * devices have none any more, several at once, or with the directories that only a store without its content lacks. Nobody
 * unplugs like that, and no guest can make it look so. From such a look nothing is taken for gone.
 *
 * <p>A domain that is gone from every view, its libxl-json included, was destroyed in order and is no sign of trouble, unless
 * those directories are missing too.
 *
 * @param lives the lives that lost all their devices, by domain, as the ledger names them; empty when all is well
 */
public record StoreTrouble(SortedMap<StreamId, Set<Incarnation>> lives) {
    private static final int SEVERAL = 2;

    /** The rule over a whole host's view. Where it is not known which domains there are, nothing can be missed. */
    public static StoreTrouble in(HostView host, Map<StreamId, DomainState> ledger) {
        SortedMap<StreamId, Set<Incarnation>> bare = new TreeMap<>();
        if (host.store().unlisted().isEmpty()) {
            ledger.forEach((stream, state) -> state.incarnations().forEach((life, known) -> {
                boolean here = known.running() && life.host().equals(host.host());
                if (here && hadDevices(known) && isBare(host, state, life)) {
                    bare.computeIfAbsent(stream, s -> new TreeSet<>()).add(life);
                }
            }));
        }
        long count = bare.values().stream().mapToLong(Set::size).sum();
        boolean trouble = count >= SEVERAL || (count > 0 && isEmptied(host.store()));
        return new StoreTrouble(trouble ? bare : new TreeMap<>());
    }

    public boolean any() {
        return !lives.isEmpty();
    }

    /** Whether this life, as the ledger names it, lost its devices with the others. */
    public boolean has(StreamId stream, Incarnation life) {
        return lives.getOrDefault(stream, Set.of()).contains(life);
    }

    /** Whether it is a life with this domid that lost its devices. */
    public boolean has(int domid) {
        return lives.values().stream().flatMap(Set::stream).anyMatch(life -> life.domid() == domid);
    }

    private static boolean hadDevices(IncarnationState known) {
        return known.devices().values().stream().anyMatch(device -> device.live() != null);
    }

    private static boolean isBare(HostView host, DomainState state, Incarnation life) {
        return host.domains().stream()
                .filter(view -> view.stream().equals(state.id()))
                .filter(view -> state.named(view.incarnation()).equals(life))
                .findFirst()
                .map(StoreTrouble::hasNoDevice)
                .orElseGet(() -> isEmptied(host.store()) || host.hasOrphan(state.id(), life));
    }

    private static boolean hasNoDevice(DomainView view) {
        return view.live().whole() && view.live().devices().isEmpty();
    }

    private static boolean isEmptied(StoreView store) {
        return !store.missing().isEmpty();
    }
}
