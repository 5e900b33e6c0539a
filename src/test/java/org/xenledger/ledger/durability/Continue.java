// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.durability;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xenledger.domain.AnyEvents;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.command.DomainCommand;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.domain.state.DomainState;

/**
 * Appends the next events of the one history that a stream has. What must be in a stream follows from its name alone, so
 * whoever reads it later needs no notes to tell whether a row is what was once written.
 */
record Continue(StreamId stream, int count) implements DomainCommand {
    /** No stream gets longer. */
    static final int LENGTH = 200;

    private static final int MOST_HISTORIES = 64;

    @SuppressWarnings("serial")
    private static final Map<StreamId, List<DomainEvent>> HISTORIES = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<StreamId, List<DomainEvent>> eldest) {
            return size() > MOST_HISTORIES;
        }
    };

    static List<DomainEvent> history(StreamId stream) {
        synchronized (HISTORIES) {
            return HISTORIES.computeIfAbsent(
                    stream, id -> AnyEvents.history(id.value().hashCode(), LENGTH));
        }
    }

    @Override
    public List<DomainEvent> decide(DomainState state) {
        int from = (int) state.version();
        return history(stream).subList(from, Math.min(from + count, LENGTH));
    }
}
