// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.command;

import java.util.List;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.domain.event.UnplugEvent.UnplugStarted;
import org.xenledger.domain.event.XlEvent.XlChosen;
import org.xenledger.domain.state.DomainState;

/**
 * Asks for a device to be taken away; also one that the ledger never saw, for the world knows better what is there.
 *
 * <p>Refused with a {@link RefusedException} where the domain does not run or another operation of ours is at work on the
 * device.
 *
 * @param xl the rest of the intent where xl is to do it, else null
 */
public record StartUnplug(StreamId stream, UnplugStarted intent, XlChosen xl) implements DomainCommand {
    /** One that we carry out ourselves. */
    public StartUnplug(StreamId stream, UnplugStarted intent) {
        this(stream, intent, null);
    }

    @Override
    public List<DomainEvent> decide(DomainState state) {
        Admission.device(state, intent);
        return xl == null ? List.of(intent) : List.of(intent, xl);
    }
}
