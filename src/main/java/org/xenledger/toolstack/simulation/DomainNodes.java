// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.xenledger.toolstack.device.DeviceNodes.Node;
import org.xenledger.xenstore.wire.XenstorePermission;

/** The nodes of a PV guest but for its devices, in the order in which libxl makes them: libxl_create.c, libxl_dom.c. */
final class DomainNodes {
    private static final List<XenstorePermission> INHERITED = List.of();

    private final List<Node> nodes = new ArrayList<>();
    private final GuestPlan plan;
    private final List<XenstorePermission> readable;
    private final List<XenstorePermission> guests;
    private final String home;
    private final String vm;
    private final String libxl;
    private final int domid;

    private DomainNodes(int domid, GuestPlan plan) {
        this.domid = domid;
        this.plan = plan;
        readable = List.of(new XenstorePermission('n', 0), new XenstorePermission('r', domid));
        guests = List.of(new XenstorePermission('n', domid));
        home = "/local/domain/" + domid;
        vm = "/vm/" + plan.uuid();
        libxl = "/libxl/" + domid;
    }

    /** What is there before the guest is built: libxl__domain_make, in one transaction. */
    static List<Node> ofMaking(int domid, GuestPlan plan) {
        DomainNodes all = new DomainNodes(domid, plan);
        all.home();
        all.add(all.vm, "", all.readable);
        all.add(all.vm + "/name", plan.name());
        all.add(all.vm + "/uuid", plan.uuid());
        all.add(all.libxl, "");
        all.add(all.libxl + "/device", "");
        return all.nodes;
    }

    private void home() {
        add(home, "", readable);
        add(home + "/vm", vm);
        add(home + "/name", plan.name());
        for (String directory : List.of("cpu", "memory", "device", "device/suspend")) {
            add(home + '/' + directory, "");
        }
        add(home + "/device/suspend/event-channel", "", guests);
        add(home + "/control", "");
        add(home + "/control/shutdown", "", guests);
        for (String feature : List.of("feature-poweroff", "feature-reboot", "feature-suspend")) {
            // the guest's kernel says 1 when it has come up
            add(home + "/control/" + feature, "1", guests);
        }
        add(home + "/control/sysrq", "", guests);
        add(home + "/control/platform-feature-multiprocessor-suspend", "1");
        add(home + "/control/platform-feature-xs_reset_watches", "1");
        for (String directory : List.of("data", "drivers", "feature", "attr", "error")) {
            add(home + '/' + directory, "", guests);
        }
        add(home + "/domid", Integer.toString(domid));
    }

    /** What is known once it is built: libxl__build_post, in another. */
    static List<Node> ofBuilding(int domid, GuestPlan plan, Instant start) {
        DomainNodes all = new DomainNodes(domid, plan);
        for (int cpu = 0; cpu < plan.vcpus(); cpu++) {
            all.add(all.home + "/cpu/" + cpu + "/availability", cpu == 0 ? "online" : "offline");
        }
        all.add(all.home + "/memory/static-max", Long.toString(plan.maxMemkb()));
        all.add(all.home + "/memory/target", Long.toString(plan.targetMemkb()));
        all.add(all.home + "/memory/videoram", "0");
        all.add(all.home + "/store/port", "1");
        all.add(all.home + "/store/ring-ref", "1245185");
        all.add(all.vm + "/image/ostype", "linux");
        all.add(all.vm + "/image/kernel", GuestPlan.KERNEL);
        all.add(all.vm + "/image/ramdisk", GuestPlan.RAMDISK);
        all.add(all.vm + "/image/cmdline", GuestPlan.CMDLINE);
        all.add(
                all.vm + "/start_time",
                String.format(Locale.ROOT, "%d.%02d", start.getEpochSecond(), start.getNano() / 10_000_000));
        all.add(all.libxl + "/type", "pv");
        all.add(all.libxl + "/dm-version", "qemu_xen");
        return all.nodes;
    }

    /** The console that every guest has, which moves through no states: libxl_console.c, and xenconsoled's tty. */
    static List<Node> ofConsole(int domid, GuestPlan plan) {
        DomainNodes all = new DomainNodes(domid, plan);
        String entry = all.libxl + "/device/console/0";
        String frontend = all.home + "/console";
        String backend = "/local/domain/0/backend/console/" + domid + "/0";
        all.add(entry + "/frontend", frontend);
        all.add(entry + "/backend", backend);
        all.add(frontend, "", all.readable);
        all.add(frontend + "/backend", backend);
        all.add(frontend + "/backend-id", "0", List.of(all.guests.get(0), new XenstorePermission('r', 0)));
        all.add(frontend + "/limit", "1048576");
        all.add(frontend + "/type", "xenconsoled");
        all.add(frontend + "/output", "pty");
        all.add(frontend + "/tty", "/dev/pts/" + (domid - 1));
        all.add(frontend + "/port", "2");
        all.add(frontend + "/ring-ref", "1245186");
        all.add(backend, "", all.readable);
        all.add(backend + "/frontend", frontend);
        for (String directory : List.of(backend, entry)) {
            all.add(directory + "/frontend-id", Integer.toString(domid));
            all.add(directory + "/online", "1");
            all.add(directory + "/state", "1");
            all.add(directory + "/protocol", "vt100");
        }
        return all.nodes;
    }

    /** Domain-0's own, and its pool's: tools/helpers/xen-init-dom0.c, and the kernel's part. */
    static List<Node> ofDomain0() {
        List<Node> nodes = new ArrayList<>();
        for (String feature : List.of("feature-poweroff", "feature-reboot", "feature-suspend")) {
            nodes.add(new Node("/local/domain/0/control/" + feature, "1", INHERITED));
        }
        nodes.add(new Node("/local/domain/0/domid", "0", INHERITED));
        nodes.add(new Node("/local/domain/0/name", "Domain-0", INHERITED));
        nodes.add(new Node("/local/pool/0/name", "Pool-0", INHERITED));
        return nodes;
    }

    private void add(String path, String value) {
        add(path, value, INHERITED);
    }

    private void add(String path, String value, List<XenstorePermission> permissions) {
        nodes.add(new Node(path, value, permissions));
    }
}
