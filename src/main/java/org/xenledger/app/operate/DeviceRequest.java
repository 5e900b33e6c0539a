// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.operate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.toolstack.device.DeviceNodes;

/** A device that somebody wants to have, in xl's words. */
public interface DeviceRequest {
    /**
     * What is to be written for it.
     *
     * @param entry its entry of libxl-json
     */
    record Plan(DeviceKey key, ObjectNode entry, DeviceNodes nodes) {}

    /**
     * What xl is asked to do.
     *
     * @param entry the entry that it will write into libxl-json
     * @param arguments its command and what follows
     */
    record XlPlan(DeviceKey key, ObjectNode entry, List<String> arguments) {}

    /**
     * How xl plugs it into this guest.
     *
     * @throws org.xenledger.toolstack.spec.SpecException when it cannot be understood
     */
    XlPlan planForXl(Guest guest);

    /**
     * What libxl would write for this guest now.
     *
     * @throws OperationException when only xl can plug it in
     * @throws org.xenledger.toolstack.spec.SpecException when libxl would refuse it
     */
    Plan planFor(Guest guest);
}
