// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.operate;

import java.util.Map;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.state.DeviceState;
import org.xenledger.domain.state.DomainState;
import org.xenledger.domain.state.OperationState;

/**
 * An operation that has ended, or timed out.
 *
 * @param state the device as the ledger has it then
 */
public record Ended(StreamId stream, DeviceKey device, DeviceState state) {
    /** Finds the operation's device in what the ledger knows. */
    static Ended of(OperationState operation, DomainState domain) {
        return domain.incarnations().values().stream()
                .flatMap(life -> life.devices().entrySet().stream())
                .filter(device -> isOn(device, operation))
                .map(device -> new Ended(domain.id(), device.getKey(), device.getValue()))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isOn(Map.Entry<DeviceKey, DeviceState> device, OperationState operation) {
        return device.getValue().operation().id().equals(operation.id());
    }
}
