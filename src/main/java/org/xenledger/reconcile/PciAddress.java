// SPDX-License-Identifier: Apache-2.0
package org.xenledger.reconcile;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The address of a PCI device as xenstore writes it, {@code 0000:00:1f.2}; an absent part is 0 (libxl_pci.c). */
final class PciAddress {
    private PciAddress() {}

    static String of(ObjectNode entry) {
        return String.format(
                "%04x:%02x:%02x.%x",
                entry.path("domain").asInt(),
                entry.path("bus").asInt(),
                entry.path("dev").asInt(),
                entry.path("func").asInt());
    }
}
