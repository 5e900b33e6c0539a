// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.operate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
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
import org.xenledger.domain.device.DeviceKind;
import org.xenledger.domain.event.DeviceEvent;
import org.xenledger.domain.event.HotplugEvent.HotplugStarted;
import org.xenledger.domain.event.OperationEvent.OperationResumed;
import org.xenledger.domain.event.UnplugEvent.UnplugStarted;
import org.xenledger.domain.event.XlEvent.XlChosen;
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
        List<PlannedNode> nodes =
                plan.nodes().nodes().stream().map(Intents::planned).toList();
        return new StartHotplug(guest.stream(), started(guest, operation, plan.key(), plan.entry(), nodes));
    }

    /** The same, for xl to do. */
    DomainCommand hotplugByXl(Guest guest, String operation, DeviceRequest request, String xl) {
        DeviceRequest.XlPlan plan = request.planForXl(guest);
        HotplugStarted started = started(guest, operation, plan.key(), plan.entry(), List.of());
        return new StartHotplug(guest.stream(), started, chosen(started, xl, plan.arguments()));
    }

    DomainCommand unplug(Guest guest, String operation, DeviceName name, boolean force) {
        DeviceKey key = name.in(guest);
        refuse(guest, key);
        refuseOthersToUnplug(guest, key);
        return new StartUnplug(guest.stream(), started(guest, operation, key, force));
    }

    /** The same, for xl to do; {@code network-detach} knows no force, libxl uses it itself when the guest does not let go. */
    DomainCommand unplugByXl(Guest guest, String operation, DeviceName name, boolean force, String xl) {
        DeviceKey key = name.in(guest);
        refuse(guest, key);
        if (guest.seen(key).isEmpty()) {
            throw new OperationException(key.display() + " of " + guest.name()
                    + " is gone from xenstore, so xl cannot unplug it: leave out --via");
        }
        boolean disk = key.kind() == DeviceKind.VBD;
        List<String> arguments = new ArrayList<>(List.of(disk ? "block-detach" : "network-detach"));
        if (force && disk) {
            arguments.add("--force");
        }
        arguments.addAll(List.of(Integer.toString(guest.domid()), Integer.toString(key.id())));
        UnplugStarted started = started(guest, operation, key, force);
        return new StartUnplug(guest.stream(), started, chosen(started, xl, arguments));
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

    private HotplugStarted started(
            Guest guest, String operation, DeviceKey key, ObjectNode entry, List<PlannedNode> nodes) {
        Provenance now = by.get();
        return new HotplugStarted(
                now,
                operation,
                life(guest),
                key,
                self,
                entry,
                replaced(guest, key, entry),
                nodes,
                now.at().plus(whole));
    }

    private UnplugStarted started(Guest guest, String operation, DeviceKey key, boolean force) {
        Provenance now = by.get();
        return new UnplugStarted(
                now, operation, life(guest), key, self, now.at().plus(whole), force);
    }

    private static XlChosen chosen(DeviceEvent intent, String xl, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(xl));
        command.addAll(arguments);
        return new XlChosen(intent.by(), intent.operation(), intent.incarnation(), intent.device(), command);
    }

    /** What is not there cannot be unplugged. */
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
    }

    /** Where the domain of its backend is gone, nobody serves it any more and only its nodes are left to be removed. */
    private static void refuseOthersToUnplug(Guest guest, DeviceKey key) {
        guest.seen(key)
                .filter(seen -> !seen.shape().stepMachine() || (seen.live().backendPath() && seen.backendDomid() != 0))
                .ifPresent(seen -> {
                    throw new OperationException(key.display() + " of " + guest.name() + " is served by "
                            + (seen.backendDomid() == 0 ? seen.backendKind() : "domid " + seen.backendDomid())
                            + ", which only xl can unplug: say --via xl");
                });
    }

    /** Of several spellings of one disk the one that libxl would replace. */
    private static ObjectNode replaced(Guest guest, DeviceKey key, ObjectNode wanted) {
        List<ObjectNode> entries = DeviceEntries.of(guest.template().tree(), key);
        return entries.stream()
                .filter(entry -> entry.path("vdev").equals(wanted.path("vdev")))
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
