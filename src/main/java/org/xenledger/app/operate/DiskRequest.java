// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.operate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.xenledger.toolstack.device.DiskBackend;
import org.xenledger.toolstack.device.DiskDevice;
import org.xenledger.toolstack.device.DiskTargets;
import org.xenledger.toolstack.spec.DiskSpec;

/**
 * A disk.
 *
 * @param words a specification, xl-disk-configuration(5)
 * @param scripts the directory of the hotplug scripts
 */
public record DiskRequest(List<String> words, Path scripts) implements DeviceRequest {
    @Override
    public Plan planFor(Guest guest) {
        ObjectNode entry = DiskSpec.parse(words);
        DriverDomains.refuse(entry);
        DiskBackend backend = DiskBackend.of(entry, 0, guest.type(), DiskTargets::look);
        if (backend != DiskBackend.PHY) {
            throw new OperationException("the disk " + entry.path("vdev").asText() + " would be served by "
                    + backend.word() + ", which only xl can plug in: use `xl block-attach`");
        }
        DiskDevice disk = DiskDevice.of(entry, guest.domid(), 0, scripts);
        return new Plan(disk.key(), disk.entry(), disk.nodes(guest.type()));
    }
}
