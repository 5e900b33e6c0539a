// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.xenstore.client.XenstoreClient;

/**
 * A host that is only in xenstore and in libxl's files: PV guests come and go, and the drivers of both ends of their disks
 * and nics follow. Its acts are those of {@code xl}, one at a time; a failure is a {@link SimulationException}, and an end
 * that was asked for ({@link Knobs#dieAfter}) a {@link DiedException}.
 *
 * <p>To be closed; the domains stay as they are, unless they are to {@link #leave}.
 */
public final class SimulatedHost implements AutoCloseable {
    private static final String UUID_OF_DOMAIN_0 = "00000000-0000-0000-0000-000000000000";

    private final XenstoreClient client;
    private final SimulatedUserdata userdata;
    private final SimulatedLibxl libxl;
    private final SimulatedKernels kernels;
    private final Knobs knobs = new Knobs();
    private final SimulatedHypervisor hypervisor;
    /** The uuids of those that were made and not destroyed, by domid. */
    private final Map<Integer, String> domains = new TreeMap<>();

    private int lastDomid;

    /**
     * Starts a host, of which only Domain-0 is there.
     *
     * @param client of an empty xenstore; the caller closes it, after the host
     * @param directory for libxl's files, {@code /var/lib/xen} on a Xen host
     * @param time for the domains' start times
     */
    public SimulatedHost(XenstoreClient client, Path directory, SimulatedHypervisor hypervisor, InstantSource time) {
        this.client = client;
        this.hypervisor = hypervisor;
        this.userdata = new SimulatedUserdata(directory);
        this.libxl = new SimulatedLibxl(client, userdata, hypervisor, time, knobs);
        this.kernels = new SimulatedKernels(client, knobs);
        client.transaction(transaction -> {
            NodeWriter.write(transaction, DomainNodes.ofDomain0());
            return null;
        });
        userdata.store(0, UUID_OF_DOMAIN_0, GuestTemplate.ofDomain0());
    }

    /** How it misbehaves. */
    public Knobs knobs() {
        return knobs;
    }

    /** @return the domid: one more than the last one's */
    public synchronized int create(GuestPlan plan) {
        lastDomid++;
        domains.put(lastDomid, plan.uuid());
        libxl.create(lastDomid, plan);
        return lastDomid;
    }

    /** As xl reboot: the same guest again, under another domid. */
    public synchronized int reboot(int domid, GuestPlan plan) {
        destroy(domid);
        return create(plan);
    }

    public synchronized void destroy(int domid) {
        libxl.destroy(domid);
        domains.remove(domid);
    }

    /** @param entry as {@link org.xenledger.toolstack.spec.DiskSpec} gives it */
    public synchronized void attachDisk(int domid, ObjectNode entry) {
        libxl.attach(Plug.disk(domid, entry));
    }

    /** @param request as {@link org.xenledger.toolstack.spec.NicSpec} gives it, with a mac */
    public synchronized void attachNic(int domid, ObjectNode request) {
        libxl.attach(Plug.nic(domid, libxl.nextNic(domid), request));
    }

    public synchronized void detach(int domid, DeviceKey device) {
        libxl.detach(domid, device);
    }

    /** A guest that writes to its own nodes as fast as it can, until it is closed. */
    public Flood flood(int domid) {
        return new Flood(client, domid);
    }

    /** Ends it and takes away all that it left, without destroying each domain in its turn. */
    public synchronized void leave() {
        close();
        domains.forEach((domid, uuid) -> {
            userdata.delete(domid, uuid);
            hypervisor.destroy(domid);
        });
        domains.clear();
        userdata.delete(0, UUID_OF_DOMAIN_0);
        List.of("/local", "/vm", "/libxl").forEach(root -> NodeWriter.removeIfThere(client, root));
    }

    /** The kernels stop: nothing moves any more. */
    @Override
    public void close() {
        kernels.close();
    }
}
