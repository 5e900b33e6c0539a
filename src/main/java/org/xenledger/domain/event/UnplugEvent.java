// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.event;

import java.time.Instant;
import org.xenledger.domain.Incarnation;
import org.xenledger.domain.Owner;
import org.xenledger.domain.Provenance;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.operation.ScriptProcess;

/** The steps of an unplug of our own, in libxl's order (libxl_device.c). */
public sealed interface UnplugEvent extends DeviceEvent {
    /** The intent, durable before any effect. */
    record UnplugStarted(
            Provenance by,
            String operation,
            Incarnation incarnation,
            DeviceKey device,
            Owner owner,
            Instant deadline,
            boolean force)
            implements UnplugEvent {}

    /** {@code online} is 0 and the backend was asked to close. */
    record BackendClosing(Provenance by, String operation, Incarnation incarnation, DeviceKey device)
            implements UnplugEvent {}

    record DeviceClosed(Provenance by, String operation, Incarnation incarnation, DeviceKey device)
            implements UnplugEvent {}

    /** The removal script's process exists; recorded before it does anything. */
    record RemovalScriptStarted(
            Provenance by, String operation, Incarnation incarnation, DeviceKey device, ScriptProcess script)
            implements UnplugEvent {}

    /** The script's remove or offline ran; a failure is recorded and the removal goes on, as in libxl. */
    record RemovalScriptRun(Provenance by, String operation, Incarnation incarnation, DeviceKey device, String error)
            implements UnplugEvent {}

    /** The xenstore nodes and the template's entry are gone. */
    record EntriesRemoved(Provenance by, String operation, Incarnation incarnation, DeviceKey device)
            implements UnplugEvent {}

    record UnplugCompleted(Provenance by, String operation, Incarnation incarnation, DeviceKey device)
            implements UnplugEvent {}

    /**
     * Nobody works on it any more.
     *
     * @param waitingFor why; {@link #GUEST} where only the guest's consent is missing
     */
    record UnplugTimedOut(Provenance by, String operation, Incarnation incarnation, DeviceKey device, String waitingFor)
            implements UnplugEvent {
        public static final String GUEST = "the guest has not let go of it";
    }

    /** It was taken from the guest without its consent, because somebody said so. */
    record UnplugForced(Provenance by, String operation, Incarnation incarnation, DeviceKey device)
            implements UnplugEvent {}
}
