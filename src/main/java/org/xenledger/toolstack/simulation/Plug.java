// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Random;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.toolstack.device.DeviceNodes;
import org.xenledger.toolstack.device.DiskDevice;
import org.xenledger.toolstack.device.GuestType;
import org.xenledger.toolstack.device.NicDevice;

/**
 * A device that is to be plugged in.
 *
 * @param entry what stands in libxl-json for it
 */
record Plug(int domid, DeviceKey key, ObjectNode entry, DeviceNodes nodes) {
    private static final Path SCRIPTS = Path.of("/etc/xen/scripts");

    static Plug disk(int domid, ObjectNode entry) {
        DiskDevice disk = DiskDevice.of(entry, domid, 0, SCRIPTS);
        return new Plug(domid, disk.key(), disk.entry(), disk.nodes(GuestType.PV));
    }

    /** @param request names its mac, since nothing here is random */
    static Plug nic(int domid, int devid, ObjectNode request) {
        NicDevice nic = NicDevice.of(request, domid, devid, 0, GuestType.PV, SCRIPTS, new Random(devid));
        return new Plug(domid, nic.key(), nic.entry(), nic.nodes());
    }
}
