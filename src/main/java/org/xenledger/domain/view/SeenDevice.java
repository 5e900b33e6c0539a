// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.view;

import java.util.Map;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.device.DeviceShape;
import org.xenledger.domain.device.LiveCondition;
import org.xenledger.domain.device.LiveDevice;

/**
 * A device as one look at xenstore showed it.
 *
 * @param backendDomid the domain of its backend
 * @param backendKind the backend's directory name; empty where it has no backend
 * @param readable whether every node that steers a decision could be read and points where it must
 * @param attributes its keys as libxl wrote them; for a backend without a {@code /libxl} entry, the backend's
 */
public record SeenDevice(
        DeviceKey key,
        int backendDomid,
        String backendKind,
        boolean readable,
        LiveDevice live,
        Map<String, String> attributes) {
    public DeviceShape shape() {
        return DeviceShape.of(key.kind(), backendKind);
    }

    public LiveCondition condition() {
        return readable ? shape().conditionOf(live) : LiveCondition.UNREADABLE;
    }

    public SeenDevice withAttributes(Map<String, String> newAttributes) {
        return new SeenDevice(key, backendDomid, backendKind, readable, live, newAttributes);
    }
}
