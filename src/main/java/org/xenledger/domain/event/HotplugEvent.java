// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.xenledger.domain.Incarnation;
import org.xenledger.domain.Owner;
import org.xenledger.domain.Provenance;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.device.LiveDevice;
import org.xenledger.domain.operation.PlannedNode;
import org.xenledger.domain.operation.ScriptProcess;

/** The steps of a hotplug of our own, in libxl's order (libxl_device.c, libxl_disk.c). */
public sealed interface HotplugEvent extends DeviceEvent {
    /**
     * The intent, durable before any effect.
     *
     * @param entry the whole template entry that will be written
     * @param previousEntry the stale entry that it replaces; null when there is none
     * @param nodes the xenstore nodes that will be written, in libxl's order
     * @param deadline when the owner gives up
     */
    record HotplugStarted(
            Provenance by,
            String operation,
            Incarnation incarnation,
            DeviceKey device,
            Owner owner,
            ObjectNode entry,
            ObjectNode previousEntry,
            List<PlannedNode> nodes,
            Instant deadline)
            implements HotplugEvent {}

    /** Template entry and xenstore nodes are written, in one locked section. */
    record HotplugEntriesWritten(Provenance by, String operation, Incarnation incarnation, DeviceKey device)
            implements HotplugEvent {}

    /** The backend waits for the script. */
    record BackendReady(Provenance by, String operation, Incarnation incarnation, DeviceKey device)
            implements HotplugEvent {}

    /** The hotplug script runs; recorded before it does anything. */
    record ScriptStarted(
            Provenance by, String operation, Incarnation incarnation, DeviceKey device, ScriptProcess script)
            implements HotplugEvent {}

    record ScriptSucceeded(Provenance by, String operation, Incarnation incarnation, DeviceKey device)
            implements HotplugEvent {}

    record ScriptFailed(Provenance by, String operation, Incarnation incarnation, DeviceKey device, String error)
            implements HotplugEvent {}

    record FrontendConnected(Provenance by, String operation, Incarnation incarnation, DeviceKey device)
            implements HotplugEvent {}

    /** It is plugged; whether its guest has connected is in {@code live}. */
    record HotplugCompleted(Provenance by, String operation, Incarnation incarnation, DeviceKey device, LiveDevice live)
            implements HotplugEvent {}

    record HotplugFailed(
            Provenance by, String operation, Incarnation incarnation, DeviceKey device, String step, String reason)
            implements HotplugEvent {}

    record HotplugRolledBack(Provenance by, String operation, Incarnation incarnation, DeviceKey device, String reason)
            implements HotplugEvent {}

    /** It connected after we had given it up. */
    record HotplugCompletedLate(
            Provenance by, String operation, Incarnation incarnation, DeviceKey device, LiveDevice live)
            implements HotplugEvent {}
}
