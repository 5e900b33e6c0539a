// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.xenledger.domain.device.LiveDevice;
import org.xenledger.domain.device.XenbusState;
import org.xenledger.domain.view.LiveView;
import org.xenledger.domain.view.SeenDevice;

/** Made-up contents of xenstore, by path. */
final class Stores {
    static final String UUID = "5814e8a6-6120-43fd-bb68-051553960d55";
    static final String LIBXL_DISK = "/libxl/7/device/vbd/51712";
    static final String BACKEND_DISK = "/local/domain/0/backend/vbd/7/51712";
    static final String FRONTEND_DISK = "/local/domain/7/device/vbd/51712";

    private final Map<String, String> nodes = new TreeMap<>();

    /** One guest, domid 7, with a disk that is connected. */
    static Stores running() {
        Stores store = new Stores()
                .set("/local/domain/0/name", "Domain-0")
                .set("/local/domain/7/name", "guest1")
                .set("/local/domain/7/vm", "/vm/" + UUID)
                .set("/local/domain/7/memory/target", "1048576")
                .set("/local/domain/7/memory/static-max", "2097152")
                .set("/local/domain/7/cpu/0/availability", "online")
                .set("/local/domain/7/cpu/1/availability", "offline")
                .set("/local/domain/7/cpu/10/availability", "online")
                .set("/local/domain/7/cpu/2/availability", "online")
                .set("/vm/" + UUID + "/start_time", "1795300000.25")
                .set("/libxl/7", "");
        return store.device("vbd", "vbd", 0, 51712);
    }

    /** A device of the guest, all ends connected. */
    Stores device(String kind, String backendKind, int backendDomid, int id) {
        String backend = "/local/domain/" + backendDomid + "/backend/" + backendKind + "/7/" + id;
        String frontend = "/local/domain/7/device/" + kind + "/" + id;
        String libxl = "/libxl/7/device/" + kind + "/" + id;
        return set(libxl + "/backend", backend)
                .set(libxl + "/frontend", frontend)
                .set(libxl + "/params", "/dev/vg/a")
                .set(libxl + "/state", "1")
                .set(libxl + "/online", "1")
                .set(backend + "/state", "4")
                .set(backend + "/online", "1")
                .set(backend + "/hotplug-status", "connected")
                .set(backend + "/params", "/dev/vg/other")
                .set(frontend + "/backend", backend)
                .set(frontend + "/state", "4");
    }

    Stores set(String path, String value) {
        nodes.put(path, value);
        return this;
    }

    /** Removes a node and all below it. */
    Stores remove(String path) {
        nodes.keySet().removeIf(node -> node.equals(path) || node.startsWith(path + "/"));
        return this;
    }

    XenstoreTree tree() {
        return new XenstoreTree(node("", "/"), List.of());
    }

    private XenstoreNode node(String name, String path) {
        String below = path.equals("/") ? path : path + "/";
        List<XenstoreNode> children = nodes.keySet().stream()
                .filter(node -> node.startsWith(below))
                .map(node -> node.substring(below.length()).split("/")[0])
                .distinct()
                .map(child -> node(child, below + child))
                .toList();
        return new XenstoreNode(name, nodes.getOrDefault(path, ""), Optional.empty(), children);
    }

    /** What this look shows, with places of which not all was read. */
    LiveViews views(String... cut) {
        List<Gap> gaps = List.of(cut).stream()
                .map(path -> new Gap(path, Gap.Reason.NODES))
                .toList();
        return LiveViews.of(new XenstoreTree(tree().root(), gaps));
    }

    LiveView guest(String... cut) {
        return domain(7, cut);
    }

    LiveView domain(int domid, String... cut) {
        return views(cut).domains().stream()
                .filter(view -> view.domid() == domid)
                .findFirst()
                .orElseThrow();
    }

    /** The same device with its guest's end in this state. */
    static SeenDevice withFrontend(SeenDevice d, XenbusState state) {
        LiveDevice l = d.live();
        LiveDevice live = new LiveDevice(
                l.libxlEntry(), l.backendPath(), state, l.backend(), l.online(), l.script(), l.scriptError());
        return new SeenDevice(d.key(), d.backendDomid(), d.backendKind(), d.readable(), live, d.attributes());
    }
}
