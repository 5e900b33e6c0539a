// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.state;

import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.xenledger.domain.Incarnation;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.device.DeviceKey;

/**
 * The state of a domain: what its events, folded by {@link Evolution}, say. Immutable.
 *
 * @param version how many events were folded
 * @param registered whether it is in the ledger and was not taken out
 * @param provisional whether its uuid is only {@code ~/vm}'s word
 */
public record DomainState(
        StreamId id,
        long version,
        boolean registered,
        boolean provisional,
        SortedMap<Incarnation, IncarnationState> incarnations) {
    public DomainState {
        incarnations = Collections.unmodifiableSortedMap(incarnations);
    }

    /** A domain of which nothing is known. */
    public static DomainState unknown(StreamId id) {
        return new DomainState(id, 0, false, false, new TreeMap<>());
    }

    public Optional<IncarnationState> incarnation(Incarnation incarnation) {
        return Optional.ofNullable(incarnations.get(incarnation));
    }

    /** The last operation on a device of a life; empty where the ledger knows of none. */
    public Optional<OperationState> operation(Incarnation incarnation, DeviceKey device) {
        return incarnation(incarnation).map(life -> life.devices().get(device)).map(DeviceState::operation);
    }

    /**
     * The life that a look shows, as the ledger names it: one that was first seen while it had no start time yet is the one
     * that has it now.
     */
    public Incarnation named(Incarnation seen) {
        Incarnation unnamed = seen.withoutStartTime();
        boolean sameLife = !incarnations.containsKey(seen)
                && incarnation(unnamed).filter(IncarnationState::running).isPresent();
        return sameLife ? unnamed : seen;
    }

    /** The life to show when nobody says which: the one that started last among the running ones, else among all. */
    public Optional<Incarnation> current() {
        return incarnations.entrySet().stream()
                .max(Comparator.comparing((Map.Entry<Incarnation, IncarnationState> e) ->
                                e.getValue().running())
                        .thenComparing(e -> e.getValue().started()))
                .map(Map.Entry::getKey);
    }

    DomainState registered(boolean newProvisional) {
        return new DomainState(id, version, true, newProvisional, incarnations);
    }

    DomainState unregistered() {
        return new DomainState(id, version, false, provisional, incarnations);
    }

    DomainState next() {
        return new DomainState(id, version + 1, registered, provisional, incarnations);
    }

    DomainState renamed(Incarnation from, Incarnation to) {
        SortedMap<Incarnation, IncarnationState> changed = new TreeMap<>(incarnations);
        changed.put(to, changed.remove(from));
        return new DomainState(id, version, registered, provisional, changed);
    }

    DomainState with(Incarnation incarnation, IncarnationState state) {
        SortedMap<Incarnation, IncarnationState> changed = new TreeMap<>(incarnations);
        changed.put(incarnation, state);
        return new DomainState(id, version, registered, provisional, changed);
    }
}
