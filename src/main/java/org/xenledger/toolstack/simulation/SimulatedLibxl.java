// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.simulation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.List;
import org.xenledger.domain.device.BackendPath;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.device.DeviceKind;
import org.xenledger.toolstack.device.DeviceNodes;
import org.xenledger.xenstore.client.XenstoreClient;

/**
 * What libxl does, in its own order (libxl_create.c, libxl_device.c, libxl_domain.c), for PV guests with disks and nics in
 * Domain-0. It can be told to die after any step.
 */
final class SimulatedLibxl {
    private final XenstoreClient client;
    private final SimulatedUserdata userdata;
    private final SimulatedHypervisor hypervisor;
    private final InstantSource time;
    private final Knobs knobs;
    private final DevicePlugs plugs;

    SimulatedLibxl(
            XenstoreClient client,
            SimulatedUserdata userdata,
            SimulatedHypervisor hypervisor,
            InstantSource time,
            Knobs knobs) {
        this.client = client;
        this.userdata = userdata;
        this.hypervisor = hypervisor;
        this.time = time;
        this.knobs = knobs;
        this.plugs = new DevicePlugs(client, knobs);
    }

    /** xl create. Its libxl-json comes last of all: while it is being made a domain has none. */
    void create(int domid, GuestPlan plan) {
        hypervisor.create(domid);
        writeAtOnce(DomainNodes.ofMaking(domid, plan));
        knobs.reached(Step.DOMAIN_MADE);
        writeAtOnce(DomainNodes.ofBuilding(domid, plan, time.instant()));
        knobs.reached(Step.DOMAIN_BUILT);
        client.introduce(domid, 1245185, 1);
        knobs.reached(Step.INTRODUCED);
        ObjectNode template = GuestTemplate.of(plan);
        for (ObjectNode disk : plan.disks()) {
            plugs.add(Plug.disk(domid, disk), () -> {});
        }
        writeAtOnce(DomainNodes.ofConsole(domid, plan));
        for (ObjectNode nic : plan.nics()) {
            Plug plug = Plug.nic(domid, template.path("nics").size(), nic);
            template.withArray("nics").add(plug.entry());
            plugs.add(plug, () -> {});
        }
        knobs.reached(Step.DEVICES_ADDED);
        userdata.store(domid, plan.uuid(), ordered(template));
        knobs.reached(Step.TEMPLATE_WRITTEN);
    }

    /** The nics came after what follows them. */
    private static ObjectNode ordered(ObjectNode template) {
        for (String last : List.of("on_reboot", "on_soft_reset")) {
            template.set(last, template.remove(last));
        }
        return template;
    }

    private void writeAtOnce(List<DeviceNodes.Node> nodes) {
        client.transaction(transaction -> {
            NodeWriter.write(transaction, nodes);
            return null;
        });
    }

    /** xl block-attach and network-attach: the template first, then the nodes, under libxl's lock. */
    void attach(Plug plug) {
        userdata.locked(plug.domid(), uuidOf(plug.domid()), files -> {
            ObjectNode template = files.read();
            put(template.withArray(plug.key().kind().templateArray()), plug);
            plugs.commit(plug, () -> {
                files.write(template);
                knobs.reached(Step.TEMPLATE_WRITTEN);
            });
            knobs.reached(Step.COMMITTED);
        });
        plugs.awaitAndRunScript(plug);
    }

    /** In the place of an entry for the same device, which may be one that was unplugged long ago. */
    private static void put(ArrayNode entries, Plug plug) {
        String identity = plug.key().kind() == DeviceKind.VBD ? "vdev" : "devid";
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).path(identity).equals(plug.entry().path(identity))) {
                entries.set(i, plug.entry());
                return;
            }
        }
        entries.add(plug.entry());
    }

    /** The number that libxl gives a nic for which none is asked. */
    int nextNic(int domid) {
        List<String> names = NodeWriter.childrenOf(client, "/libxl/" + domid + "/device/vif");
        return names.isEmpty() ? 0 : Integer.parseInt(names.get(names.size() - 1)) + 1;
    }

    /** xl block-detach and network-detach. The template is not touched. */
    void detach(int domid, DeviceKey device) {
        plugs.remove(new BackendPath(0, device.kind().node(), domid, device.id()), device, false);
    }

    /** xl destroy. */
    void destroy(int domid) {
        String uuid = uuidOf(domid);
        String devices = "/libxl/" + domid + "/device";
        for (String kind : NodeWriter.childrenOf(client, devices)) {
            for (String id : NodeWriter.childrenOf(client, devices + '/' + kind)) {
                DeviceKey device = DeviceKey.parse(kind + '/' + id);
                BackendPath backend = new BackendPath(0, kind, domid, device.id());
                if (device.kind() == DeviceKind.CONSOLE) {
                    plugs.removeNodes(backend, device, "/local/domain/" + domid + "/console");
                } else {
                    plugs.remove(backend, device, true);
                }
            }
        }
        NodeWriter.removeIfThere(client, "/vm/" + uuid);
        knobs.reached(Step.VM_REMOVED);
        NodeWriter.removeIfThere(client, "/local/domain/" + domid);
        knobs.reached(Step.HOME_REMOVED);
        NodeWriter.removeIfThere(client, "/libxl/" + domid);
        knobs.reached(Step.LIBXL_REMOVED);
        userdata.delete(domid, uuid);
        knobs.reached(Step.USERDATA_REMOVED);
        hypervisor.destroy(domid);
    }

    String uuidOf(int domid) {
        return client.read("/local/domain/" + domid + "/vm").substring("/vm/".length());
    }
}
