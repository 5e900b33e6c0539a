// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.axon;

import java.util.IdentityHashMap;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.domain.state.DomainState;

/**
 * The states to be kept as snapshots with the events that lead to them, on their way from the aggregate to the table: so
 * they are written in the same transaction, and nothing is read or folded again. Kept by the event itself: what is rolled
 * back is never asked for.
 */
final class DueSnapshots {
    private static final String KEY = DueSnapshots.class.getName();

    private DueSnapshots() {}

    static void add(DomainEvent event, DomainState after) {
        IdentityHashMap<DomainEvent, DomainState> due =
                CurrentUnitOfWork.get().root().getOrComputeResource(KEY, key -> new IdentityHashMap<>());
        due.put(event, after);
    }

    /** The state to be kept with this event; null where there is none. */
    static DomainState after(DomainEvent event) {
        if (!CurrentUnitOfWork.isStarted()) {
            return null;
        }
        IdentityHashMap<DomainEvent, DomainState> due =
                CurrentUnitOfWork.get().root().getResource(KEY);
        return due == null ? null : due.get(event);
    }
}
