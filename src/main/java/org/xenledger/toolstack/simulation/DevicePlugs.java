// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.simulation;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.xenledger.domain.device.BackendPath;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.device.XenbusState;
import org.xenledger.xenstore.client.Deadline;
import org.xenledger.xenstore.client.XenstoreClient;

/** How libxl plugs devices in and out: libxl__device_add_async and libxl__initiate_device_generic_remove, libxl_device.c. */
final class DevicePlugs {
    private static final long PAUSE_NANOS = 2_000_000;
    private static final Set<XenbusState> READY = EnumSet.range(XenbusState.INIT_WAIT, XenbusState.CONNECTED);

    private final XenstoreClient client;
    private final Knobs knobs;
    private final Script script;

    DevicePlugs(XenstoreClient client, Knobs knobs) {
        this.client = client;
        this.knobs = knobs;
        this.script = new Script(client);
    }

    void add(Plug plug, Runnable beforeNodes) {
        commit(plug, beforeNodes);
        awaitAndRunScript(plug);
    }

    /** @param beforeNodes runs within the transaction, after the check that the device is not there */
    void commit(Plug plug, Runnable beforeNodes) {
        client.transaction(transaction -> {
            if (NodeWriter.exists(transaction, plug.nodes().libxlEntry())) {
                throw new SimulationException("domain " + plug.domid() + " has a device " + plug.key() + " already");
            }
            beforeNodes.run();
            NodeWriter.removeIfThere(transaction, plug.nodes().frontend());
            NodeWriter.removeIfThere(transaction, plug.nodes().backend().toString());
            NodeWriter.write(transaction, plug.nodes().nodes());
            return null;
        });
    }

    /** What fails from here on is not undone. */
    void awaitAndRunScript(Plug plug) {
        BackendPath backend = plug.nodes().backend();
        if (!await(backend, READY)) {
            throw new SimulationException(
                    "the backend of " + plug.key() + " of domain " + plug.domid() + " did not become ready");
        }
        knobs.reached(Step.BACKEND_READY);
        if (!script.add(backend, knobs.script())) {
            throw new SimulationException(
                    "the hotplug script of " + plug.key() + " of domain " + plug.domid() + " failed");
        }
        knobs.reached(Step.SCRIPT_DONE);
    }

    /** @param force take the guest's end away at once */
    void remove(BackendPath backend, DeviceKey device, boolean force) {
        String frontend = "/local/domain/" + backend.frontendDomid() + "/device/" + device;
        boolean there = client.transaction(transaction -> {
            if (force) {
                NodeWriter.removeIfThere(transaction, frontend);
            }
            String state = NodeWriter.valueOf(transaction, backend + "/state");
            if (!state.isEmpty()) {
                transaction.write(backend + "/online", "0");
                if (XenbusState.ofText(state) != XenbusState.CLOSED) {
                    transaction.write(backend + "/state", Integer.toString(XenbusState.CLOSING.number()));
                }
            }
            return !state.isEmpty();
        });
        knobs.reached(Step.TOLD_TO_CLOSE);
        if (there && !await(backend, EnumSet.of(XenbusState.CLOSED)) && !force) {
            throw new SimulationException("domain " + backend.frontendDomid() + " does not let go of " + device);
        }
        knobs.reached(Step.BACKEND_CLOSED);
        script.remove(backend);
        knobs.reached(Step.SCRIPT_REMOVED);
        removeNodes(backend, device, frontend);
        knobs.reached(Step.DEVICE_REMOVED);
    }

    /** libxl__device_destroy. */
    void removeNodes(BackendPath backend, DeviceKey device, String frontend) {
        client.transaction(transaction -> {
            NodeWriter.cleanUp(transaction, frontend);
            NodeWriter.cleanUp(transaction, "/libxl/" + backend.frontendDomid() + "/device/" + device);
            NodeWriter.cleanUp(transaction, backend.toString());
            return null;
        });
    }

    private boolean await(BackendPath backend, Set<XenbusState> wanted) {
        Deadline deadline = Deadline.in(knobs.patience());
        while (!wanted.contains(XenbusState.ofText(NodeWriter.valueOf(client, backend + "/state")))) {
            if (deadline.passed() || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return true;
    }
}
