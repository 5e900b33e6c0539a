// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.operate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** Backends outside dom0: there {@code xl devd} runs the hotplug scripts, not we. */
final class DriverDomains {
    private static final Set<String> DOM0 = Set.of("", "0", "Domain-0");

    private DriverDomains() {}

    static void refuse(ObjectNode entry) {
        String backend = entry.path("backend_domname").asText("");
        if (!DOM0.contains(backend)) {
            throw new OperationException(
                    "its backend would be in the driver domain " + backend + ", where only xl can plug: say --via xl");
        }
    }
}
