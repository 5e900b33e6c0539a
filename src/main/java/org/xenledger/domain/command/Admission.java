// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.command;

import org.xenledger.domain.event.DeviceEvent;
import org.xenledger.domain.state.DeviceState;
import org.xenledger.domain.state.DomainState;
import org.xenledger.domain.state.IncarnationState;
import org.xenledger.domain.state.OperationState;
import org.xenledger.domain.state.Origin;

/** What every new operation needs: a life that runs, and no other operation of ours on the device. */
final class Admission {
    private Admission() {}

    /** The device that an intent is about, as the ledger knows it; null where it does not. */
    static DeviceState device(DomainState state, DeviceEvent intent) {
        IncarnationState life = state.incarnation(intent.incarnation())
                .filter(IncarnationState::running)
                .orElseThrow(() ->
                        new RefusedException("domid " + intent.incarnation().domid() + " of " + state.id()
                                + " does not run any more: look with `xenledger list`"));
        DeviceState device = life.devices().get(intent.device());
        OperationState operation = device == null ? null : device.operation();
        if (operation != null && operation.open() && operation.origin() == Origin.OURS) {
            throw new RefusedException("operation " + operation.id() + " is at work on "
                    + intent.device().display() + " (" + operation.due().words() + ", pid "
                    + operation.owner().pid() + "): try again when it has ended");
        }
        return device;
    }
}
