// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.command;

import java.util.List;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.domain.event.UnplugEvent.UnplugStarted;
import org.xenledger.domain.state.DomainState;

/**
 * Asks for a device to be taken away; also one that the ledger never saw, for the world knows better what is there.
 *
 * <p>Refused with a {@link RefusedException} where the domain does not run or another operation of ours is at work on the
 * device.
 */
public record StartUnplug(StreamId stream, UnplugStarted intent) implements DomainCommand {
    @Override
    public List<DomainEvent> decide(DomainState state) {
        Admission.device(state, intent);
        return List.of(intent);
    }
}
