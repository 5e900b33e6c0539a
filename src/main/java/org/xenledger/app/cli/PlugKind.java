// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import org.xenledger.domain.device.DeviceKind;

/** What {@code attach} and {@code detach} plug. */
enum PlugKind {
    DISK(DeviceKind.VBD),
    NIC(DeviceKind.VIF);

    private final DeviceKind kind;

    PlugKind(DeviceKind kind) {
        this.kind = kind;
    }

    DeviceKind kind() {
        return kind;
    }
}
