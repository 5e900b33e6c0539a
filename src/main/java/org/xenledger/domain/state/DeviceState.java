// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import org.xenledger.domain.device.LiveDevice;

/**
 * What the ledger knows of one device of one life.
 *
 * @param origin whose intent brought it where it is
 * @param live what xenstore last showed; null when it is not there
 * @param attributes its keys as libxl wrote them
 * @param entry the template entry of our own hotplug; null for others' devices
 * @param operation the last operation on it, open or ended
 * @param since when {@code live} was first seen like this
 */
public record DeviceState(
        Phase phase,
        Origin origin,
        LiveDevice live,
        Map<String, String> attributes,
        ObjectNode entry,
        OperationState operation,
        Instant since) {
    DeviceState withLive(LiveDevice newLive, Instant at) {
        return new DeviceState(phase, origin, newLive, attributes, entry, operation, at);
    }

    DeviceState withAttributes(Map<String, String> newAttributes) {
        return new DeviceState(phase, origin, live, newAttributes, entry, operation, since);
    }

    DeviceState with(Phase newPhase, OperationState newOperation) {
        return new DeviceState(newPhase, origin, live, attributes, entry, newOperation, since);
    }

    DeviceState with(Phase newPhase, Origin newOrigin, OperationState newOperation) {
        return new DeviceState(newPhase, newOrigin, live, attributes, entry, newOperation, since);
    }
}
