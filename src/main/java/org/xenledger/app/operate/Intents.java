// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.operate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.xenledger.domain.Incarnation;
import org.xenledger.domain.Owner;
import org.xenledger.domain.Provenance;
import org.xenledger.domain.command.DomainCommand;
import org.xenledger.domain.command.ResumeOperation;
import org.xenledger.domain.command.StartHotplug;
import org.xenledger.domain.command.StartUnplug;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.event.HotplugEvent.HotplugStarted;
import org.xenledger.domain.event.OperationEvent.OperationResumed;
import org.xenledger.domain.event.UnplugEvent.UnplugStarted;
import org.xenledger.domain.operation.PlannedNode;
import org.xenledger.domain.state.Phase;
import org.xenledger.domain.template.DeviceEntries;
import org.xenledger.domain.view.SeenDevice;
import org.xenledger.reconcile.Resumption;
import org.xenledger.toolstack.device.DeviceNodes.Node;
import org.xenledger.xenstore.wire.XenstorePermission;

/**
 * Makes the commands with which operations of this process begin.
 *
 * @param by gives who asked, where, why and when
 * @param whole after how long this process gives up
 */
record Intents(Owner self, Supplier<Provenance> by, Duration whole) {
    DomainCommand hotplug(Guest guest, String operation, DeviceRequest request) {
        DeviceRequest.Plan plan = request.planFor(guest);
        Provenance now = by.get();
        return new StartHotplug(
                guest.stream(),
                new HotplugStarted(
                        now,
                        operation,
                        life(guest),
                        plan.key(),
                        self,
                        plan.entry(),
                        replaced(guest, plan),
                        plan.nodes().nodes().stream().map(Intents::planned).toList(),
                        now.at().plus(whole)));
    }

    DomainCommand unplug(Guest guest, String operation, DeviceName name, boolean force) {
        DeviceKey key = name.in(guest);
        refuse(guest, key);
        Provenance now = by.get();
        return new StartUnplug(
                guest.stream(),
                new UnplugStarted(
                        now, operation, life(guest), key, self, now.at().plus(whole), force));
    }

    DomainCommand resume(Resumption resumption) {
        Provenance now = by.get();
        return new ResumeOperation(
                resumption.stream(),
                resumption.operation().owner(),
                new OperationResumed(
                        now,
                        resumption.operation().id(),
                        resumption.life(),
                        resumption.device(),
                        self,
                        resumption.step(),
                        resumption.reason(),
                        now.at().plus(whole)));
    }

    /**
     * What is not there cannot be unplugged, and what others must unplug we do not. Where the domain of its backend is gone,
     * nobody serves it any more and only its nodes are left to be removed.
     */
    private static void refuse(Guest guest, DeviceKey key) {
        SeenDevice seen = guest.seen(key).orElse(null);
        if (seen == null) {
            boolean ours = guest.known(key)
                    .filter(device -> device.phase() == Phase.ATTACHED || device.phase() == Phase.DETACHING)
                    .isPresent();
            if (!ours) {
                throw new OperationException(guest.name() + " has no " + key.display() + " in xenstore");
            }
            return;
        }
        if (!seen.readable()) {
            throw new OperationException(
                    key.display() + " of " + guest.name() + " cannot be read in xenstore: see `xenledger check`");
        }
        boolean served = seen.live().backendPath();
        if (!seen.shape().stepMachine() || (served && seen.backendDomid() != 0)) {
            throw new OperationException(key.display() + " of " + guest.name() + " is served by "
                    + (seen.backendDomid() == 0 ? seen.backendKind() : "domid " + seen.backendDomid())
                    + ", which only xl can unplug: use `xl block-detach` or `xl network-detach`");
        }
    }

    /** Of several spellings of one disk the one that libxl would replace. */
    private static ObjectNode replaced(Guest guest, DeviceRequest.Plan plan) {
        List<ObjectNode> entries = DeviceEntries.of(guest.template().tree(), plan.key());
        return entries.stream()
                .filter(entry -> entry.path("vdev").equals(plan.entry().path("vdev")))
                .reduce((former, latter) -> latter)
                .orElseGet(() -> entries.isEmpty() ? null : entries.get(entries.size() - 1));
    }

    private static Incarnation life(Guest guest) {
        return guest.state().named(guest.view().incarnation());
    }

    private static PlannedNode planned(Node node) {
        List<String> permissions =
                node.permissions().stream().map(XenstorePermission::toString).toList();
        return new PlannedNode(node.path(), node.value(), String.join(",", permissions));
    }
}
