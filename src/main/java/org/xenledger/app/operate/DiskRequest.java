// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.operate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.xenledger.domain.device.DeviceKind;
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
    public XlPlan planForXl(Guest guest) {
        ObjectNode entry = DiskSpec.parse(words);
        List<String> arguments = new ArrayList<>(List.of("block-attach", Integer.toString(guest.domid())));
        arguments.addAll(words);
        DeviceName name = new DeviceName(DeviceKind.VBD, entry.path("vdev").asText());
        return new XlPlan(name.in(guest), entry, List.copyOf(arguments));
    }

    @Override
    public Plan planFor(Guest guest) {
        ObjectNode entry = DiskSpec.parse(words);
        DriverDomains.refuse(entry);
        DiskBackend backend = DiskBackend.of(entry, 0, guest.type(), DiskTargets::look);
        if (backend != DiskBackend.PHY) {
            throw new OperationException("the disk " + entry.path("vdev").asText() + " would be served by "
                    + backend.word() + ", which only xl can plug in: say --via xl");
        }
        DiskDevice disk = DiskDevice.of(entry, guest.domid(), 0, scripts);
        return new Plan(disk.key(), disk.entry(), disk.nodes(guest.type()));
    }
}
