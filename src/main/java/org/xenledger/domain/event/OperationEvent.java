// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.event;

import java.time.Instant;
import org.xenledger.domain.Incarnation;
import org.xenledger.domain.Owner;
import org.xenledger.domain.Provenance;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.operation.Step;

/** What happens to an operation of our own, whichever way it goes. */
public sealed interface OperationEvent extends DeviceEvent {
    /**
     * Another process takes the operation over, or the same one takes it up again; durable before any effect.
     *
     * @param owner who carries it out from now on
     * @param step where it goes on: what the world shows, which may be another place than its last event says
     * @param reason why, for people
     * @param deadline when the new owner gives up
     */
    record OperationResumed(
            Provenance by,
            String operation,
            Incarnation incarnation,
            DeviceKey device,
            Owner owner,
            Step step,
            String reason,
            Instant deadline)
            implements OperationEvent {}
}
