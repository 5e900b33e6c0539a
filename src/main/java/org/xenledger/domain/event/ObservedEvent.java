// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.event;

import java.util.Map;
import org.xenledger.domain.Incarnation;
import org.xenledger.domain.Provenance;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.device.LiveDevice;

/** What others did to a device, as we saw it: xl, libvirt, a guest, a backend, an administrator's hand. */
public sealed interface ObservedEvent extends DeviceEvent {
    /**
     * A device is in xenstore that was not.
     *
     * @param attributes its keys as libxl wrote them ({@code /libxl/<d>/device/<kind>/<id>}), secrets replaced
     */
    record DeviceAppeared(
            Provenance by,
            String operation,
            Incarnation incarnation,
            DeviceKey device,
            LiveDevice live,
            Map<String, String> attributes)
            implements ObservedEvent {}

    /** One of its ends, its online node or its script's report changed. */
    record DeviceChanged(
            Provenance by,
            String operation,
            Incarnation incarnation,
            DeviceKey device,
            LiveDevice from,
            LiveDevice live)
            implements ObservedEvent {}

    /** Its configuration changed in place, as by inserting a medium, or was seen for the first time. */
    record DeviceReconfigured(
            Provenance by, String operation, Incarnation incarnation, DeviceKey device, Map<String, String> attributes)
            implements ObservedEvent {}

    /** It is no longer in xenstore. */
    record DeviceGone(Provenance by, String operation, Incarnation incarnation, DeviceKey device)
            implements ObservedEvent {}

    /** The operator told us to treat it as our own from now on. */
    record DeviceAdopted(Provenance by, String operation, Incarnation incarnation, DeviceKey device)
            implements ObservedEvent {}
}
