// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.command;

import java.util.List;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.domain.event.HotplugEvent.HotplugStarted;
import org.xenledger.domain.event.XlEvent.XlChosen;
import org.xenledger.domain.state.DeviceState;
import org.xenledger.domain.state.DomainState;
import org.xenledger.domain.state.Phase;

/**
 * Asks for a device to be plugged in.
 *
 * <p>Refused with a {@link RefusedException} where the domain does not run, another operation of ours is at work on the
 * device, or it is there already.
 *
 * @param xl the rest of the intent where xl is to do it, else null
 */
public record StartHotplug(StreamId stream, HotplugStarted intent, XlChosen xl) implements DomainCommand {
    /** One that we carry out ourselves. */
    public StartHotplug(StreamId stream, HotplugStarted intent) {
        this(stream, intent, null);
    }

    @Override
    public List<DomainEvent> decide(DomainState state) {
        DeviceState device = Admission.device(state, intent);
        if (device != null && (device.live() != null || device.phase() == Phase.ATTACHED)) {
            throw new RefusedException(
                    intent.device().display() + " is there already: detach it first, or choose another one");
        }
        return xl == null ? List.of(intent) : List.of(intent, xl);
    }
}
