// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.device;

import java.util.Optional;

/** The type of a domain, as {@code /libxl/<d>/type} and libxl-json have it. */
public enum GuestType {
    PV,
    PVH,
    HVM;

    /** The type with this name in lower case. */
    public static Optional<GuestType> ofText(String text) {
        return switch (text) {
            case "pv" -> Optional.of(PV);
            case "pvh" -> Optional.of(PVH);
            case "hvm" -> Optional.of(HVM);
            default -> Optional.empty();
        };
    }
}
