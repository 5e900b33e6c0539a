// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.event;

import java.util.List;
import java.util.stream.Stream;
import org.xenledger.domain.Provenance;

/**
 * Something that happened to a domain, as it is kept for ever. The name of a record is the name of its event in the
 * ledger; what a record holds may change only together with its {@link Revision}.
 */
public sealed interface DomainEvent permits LifecycleEvent, DeviceEvent, ReconciliationEvent {
    /** Who, where, why and when. */
    Provenance by();

    /** All kinds of events there are, in the order of the source. */
    static List<Class<? extends DomainEvent>> kinds() {
        return leaves(DomainEvent.class).toList();
    }

    private static Stream<Class<? extends DomainEvent>> leaves(Class<? extends DomainEvent> type) {
        if (type.isRecord()) {
            return Stream.of(type);
        }
        return Stream.of(type.getPermittedSubclasses()).flatMap(sub -> leaves(sub.asSubclass(DomainEvent.class)));
    }
}
