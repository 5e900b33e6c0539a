// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.view;

import java.util.SortedMap;
import org.xenledger.domain.Knobs;
import org.xenledger.domain.device.DeviceKey;

/**
 * What xenstore shows of one domid.
 *
 * @param home whether {@code ~} exists
 * @param libxl whether {@code /libxl/<d>} exists
 * @param vmUuid the uuid that {@code ~/vm} names; empty where there is none
 * @param startTime {@code /vm/<uuid>/start_time}; empty where there is none
 * @param whole whether the look saw all that decides about it: nothing truncated, nothing that changed under it
 * @param unread what of it the look did not see, its guest's own part included, in words; empty when it saw all
 * @param name {@code ~/name}; null where there is none
 */
public record LiveView(
        int domid,
        boolean home,
        boolean libxl,
        String vmUuid,
        String startTime,
        boolean whole,
        String unread,
        String name,
        Knobs knobs,
        SortedMap<DeviceKey, SeenDevice> devices) {
    private static final int DOMAIN_0 = 0;

    /** Whether the list of devices can be believed: a domain without {@code ~} or {@code /libxl} is in trouble. */
    public boolean devicesKnown() {
        return whole && home && (libxl || domid == DOMAIN_0);
    }

    /** Whether xenstore has nothing at all of it. */
    public boolean nothing() {
        return !home && !libxl && devices.isEmpty();
    }

    public LiveView withDevices(SortedMap<DeviceKey, SeenDevice> newDevices) {
        return new LiveView(domid, home, libxl, vmUuid, startTime, whole, unread, name, knobs, newDevices);
    }
}
