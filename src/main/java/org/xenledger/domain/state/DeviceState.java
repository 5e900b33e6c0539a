// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.xenledger.domain.device.LiveDevice;
import org.xenledger.domain.operation.PlannedNode;
import org.xenledger.domain.state.OperationState.Outcome;

/**
 * What the ledger knows of one device of one life.
 *
 * @param origin whose intent brought it where it is
 * @param live what xenstore last showed; null when it is not there
 * @param shared whether its guest was ever seen with shared pages (state 3 or 4): only then it has something to let go
 * @param attributes its keys as libxl's own entry has them
 * @param entry the template entry of our own hotplug; null for others' devices
 * @param replaced the stale template entry that ours took the place of; null when there was none
 * @param nodes what our own hotplug is about to write; empty when it is written
 * @param operation the last operation on it, open or ended
 * @param since when {@code live} was first seen like this
 */
public record DeviceState(
        Phase phase,
        Origin origin,
        LiveDevice live,
        boolean shared,
        Map<String, String> attributes,
        ObjectNode entry,
        ObjectNode replaced,
        List<PlannedNode> nodes,
        OperationState operation,
        Instant since) {
    /** Whether an operation of our own is under way on it, which tells its steps itself. */
    public boolean inOurHands() {
        return operation != null && operation.open() && operation.origin() == Origin.OURS;
    }

    /** Whether a removal of our own waits for its guest and nobody works on it: its late success is still its own. */
    public boolean awaitsGuest() {
        return operation != null && operation.outcome() == Outcome.TIMED_OUT;
    }

    DeviceState withLive(LiveDevice newLive, Instant at) {
        return new DeviceState(
                phase, origin, newLive, shared || shares(newLive), attributes, entry, replaced, nodes, operation, at);
    }

    DeviceState withAttributes(Map<String, String> newAttributes) {
        return new DeviceState(phase, origin, live, shared, newAttributes, entry, replaced, nodes, operation, since);
    }

    DeviceState written() {
        return new DeviceState(phase, origin, live, shared, attributes, entry, replaced, List.of(), operation, since);
    }

    DeviceState with(Phase newPhase, OperationState newOperation) {
        return with(newPhase, origin, newOperation);
    }

    DeviceState with(Phase newPhase, Origin newOrigin, OperationState newOperation) {
        return new DeviceState(
                newPhase, newOrigin, live, shared, attributes, entry, replaced, nodes, newOperation, since);
    }

    static boolean shares(LiveDevice live) {
        return live != null && live.shares();
    }
}
