// SPDX-License-Identifier: Apache-2.0
package org.xenledger.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.xenledger.domain.AnyEvents;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.ledger.LedgerTransaction;
import org.xenledger.ledger.NewEvent;
import org.xenledger.ledger.OpenLedger;

/** Events to write, and the shortest way to write them. */
final class Events {
    private Events() {}

    static StreamId stream(int number) {
        return StreamId.ofUuid("00000000-0000-0000-0000-%012d".formatted(number));
    }

    static List<NewEvent> history(StreamId stream, long seed, int length) {
        List<NewEvent> events = new ArrayList<>();
        for (DomainEvent event : AnyEvents.history(seed, length)) {
            events.add(new NewEvent(stream, events.size(), UUID.randomUUID().toString(), event, null));
        }
        return events;
    }

    /** One transaction with its seal and its sync. */
    static void append(OpenLedger ledger, List<NewEvent> events) throws Exception {
        LedgerTransaction transaction = ledger.transactions().begin();
        try {
            transaction.append(events);
            transaction.commit();
        } finally {
            transaction.rollback();
        }
    }
}
