// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.hotplug;

import org.xenledger.domain.device.LiveDevice;
import org.xenledger.domain.device.Online;
import org.xenledger.domain.device.ScriptStatus;
import org.xenledger.domain.device.XenbusState;
import org.xenledger.xenstore.client.XenstoreClient;

/** One device as xenstore shows it now. */
record LiveLook(XenstoreClient xenstore, DeviceDirectories paths) {
    LiveDevice now() {
        return new LiveDevice(
                paths.exists(xenstore),
                Premises.value(xenstore, paths.backend()).isPresent(),
                state(paths.frontend()),
                state(paths.backend()),
                Online.ofText(
                        Premises.value(xenstore, paths.backend() + "/online").orElse("")),
                ScriptStatus.ofText(Premises.value(xenstore, paths.backend() + "/hotplug-status")
                        .orElse(null)),
                Premises.value(xenstore, paths.backend() + "/hotplug-error").orElse(""));
    }

    private XenbusState state(String end) {
        return Premises.value(xenstore, end + "/state").map(XenbusState::ofText).orElse(XenbusState.UNKNOWN);
    }
}
