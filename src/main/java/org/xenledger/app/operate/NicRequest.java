// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.operate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.xenledger.domain.device.DeviceKind;
import org.xenledger.toolstack.device.NicDevice;
import org.xenledger.toolstack.spec.NicDefaults;
import org.xenledger.toolstack.spec.NicSpec;

/**
 * A nic.
 *
 * @param words a specification, xl-network-configuration(5)
 * @param scripts the directory of the hotplug scripts
 * @param random where an address comes from when none is asked for
 */
public record NicRequest(List<String> words, Path scripts, RandomGenerator random) implements DeviceRequest {
    @Override
    public Plan planFor(Guest guest) {
        ObjectNode request = NicSpec.parse(words, NicDefaults.NONE);
        DriverDomains.refuse(request);
        if (request.path("nictype").asText().equals("vif_ioemu")) {
            throw new OperationException(
                    "an emulated nic needs the device model, which only xl tells of it: say --via xl");
        }
        NicDevice nic = nic(guest, request);
        return new Plan(nic.key(), nic.entry(), nic.nodes());
    }

    /** Number and address are chosen here where none are asked for: so we know what to look for. */
    @Override
    public XlPlan planForXl(Guest guest) {
        ObjectNode request = NicSpec.parse(words, NicDefaults.NONE);
        NicDevice nic = nic(guest, request);
        List<String> arguments = new ArrayList<>(List.of("network-attach", Integer.toString(guest.domid())));
        arguments.addAll(NicSpec.parameters(words));
        if (!request.has("devid")) {
            arguments.add("devid=" + nic.key().id());
        }
        if (!request.has("mac")) {
            arguments.add("mac=" + nic.entry().path("mac").asText());
        }
        return new XlPlan(nic.key(), nic.entry(), List.copyOf(arguments));
    }

    private NicDevice nic(Guest guest, ObjectNode request) {
        int devid = NicSpec.devidOf(request).orElseGet(() -> guest.freeId(DeviceKind.VIF));
        return NicDevice.of(request, guest.domid(), devid, 0, guest.type(), scripts, random);
    }
}
