// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.command;

import java.util.List;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.domain.state.DomainState;

/** A request to a domain: it decides what happens, and changes nothing itself. */
public interface DomainCommand {
    StreamId stream();

    /**
     * The events that follow from this request in that state, in order; none when there is nothing to say. Pure: the same
     * state gives the same events.
     */
    List<DomainEvent> decide(DomainState state);
}
