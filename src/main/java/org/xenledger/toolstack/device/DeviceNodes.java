// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.device;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xenledger.domain.device.BackendPath;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.xenstore.wire.XenstorePermission;

/**
 * The nodes of a device, in the order in which libxl writes them: libxl__device_generic_add in libxl_device.c. Before
 * that it removes what may lie at the three paths, and all in one transaction.
 *
 * @param libxlEntry {@code /libxl/<d>/device/<kind>/<id>}: its existence is the device's; only dom0 can read it
 * @param frontend the guest's directory
 * @param backend the backend's directory
 * @param nodes all nodes, each after its parent
 */
public record DeviceNodes(String libxlEntry, String frontend, BackendPath backend, List<Node> nodes) {
    /**
     * A node to be written.
     *
     * @param permissions to be set, the owner's first; none where the node has those of its parent
     */
    public record Node(String path, String value, List<XenstorePermission> permissions) {}

    /**
     * Puts the keys of a device where libxl puts them.
     *
     * @param frontendKeys the keys of the guest's directory, which the guest owns
     * @param readOnlyKeys those there that belong to the backend's domain
     * @param backendKeys the keys of the backend's directory, of which libxl keeps a copy in its own
     */
    static DeviceNodes of(
            int domid,
            DeviceKey device,
            BackendPath backend,
            Map<String, String> frontendKeys,
            Map<String, String> readOnlyKeys,
            Map<String, String> backendKeys) {
        String libxlEntry = "/libxl/" + domid + "/device/" + device;
        String frontend = "/local/domain/" + domid + "/device/" + device;
        List<XenstorePermission> guests = permissions(domid, backend.domid());
        List<XenstorePermission> backends = permissions(backend.domid(), domid);

        List<Node> nodes = new ArrayList<>();
        nodes.add(new Node(libxlEntry + "/frontend", frontend, List.of()));
        nodes.add(new Node(libxlEntry + "/backend", backend.toString(), List.of()));
        nodes.add(new Node(frontend, "", guests));
        nodes.add(new Node(frontend + "/backend", backend.toString(), List.of()));
        add(nodes, frontend, frontendKeys, guests);
        add(nodes, frontend, readOnlyKeys, backends);
        nodes.add(new Node(backend.toString(), "", backends));
        nodes.add(new Node(backend + "/frontend", frontend, List.of()));
        add(nodes, backend.toString(), backendKeys, List.of());
        add(nodes, libxlEntry, backendKeys, List.of());
        return new DeviceNodes(libxlEntry, frontend, backend, List.copyOf(nodes));
    }

    /** What every device has at its frontend, to begin with. */
    static Map<String, String> commonFrontendKeys(BackendPath backend) {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("backend-id", Integer.toString(backend.domid()));
        keys.put("state", "1");
        return keys;
    }

    private static void add(
            List<Node> nodes, String directory, Map<String, String> keys, List<XenstorePermission> permissions) {
        keys.forEach((name, value) -> nodes.add(new Node(directory + "/" + name, value, permissions)));
    }

    /** The owner may do all, the other may read, and nobody else anything. */
    private static List<XenstorePermission> permissions(int owner, int reader) {
        return List.of(new XenstorePermission('n', owner), new XenstorePermission('r', reader));
    }
}
