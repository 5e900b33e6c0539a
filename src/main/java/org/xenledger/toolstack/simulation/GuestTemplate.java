// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.simulation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The libxl-json of a guest as libxl stores it at the end of its making: domcreate_complete in libxl_create.c. */
final class GuestTemplate {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    /** INVALID_DOMID: which domid it got is not part of what was asked for. */
    private static final long ANY_DOMID = 0xffff_ffffL;

    private GuestTemplate() {}

    static ObjectNode of(GuestPlan plan) {
        ObjectNode root = NODES.objectNode();
        root.putObject("c_info")
                .put("type", "pv")
                .put("name", plan.name())
                .put("domid", ANY_DOMID)
                .put("uuid", plan.uuid())
                .put("run_hotplug_scripts", "True");
        ObjectNode build = root.putObject("b_info").put("max_vcpus", plan.vcpus());
        build.putArray("avail_vcpus").add(0);
        build.put("max_memkb", plan.maxMemkb())
                .put("target_memkb", plan.targetMemkb())
                .put("video_memkb", 0);
        build.putObject("sched_params");
        build.put("claim_mode", "True")
                .put("kernel", GuestPlan.KERNEL)
                .put("cmdline", GuestPlan.CMDLINE)
                .put("ramdisk", GuestPlan.RAMDISK);
        build.putObject("type.pv");
        build.putObject("arch_arm");
        build.putObject("arch_x86").put("msr_relaxed", "False");
        // xl's parser of configuration files puts this in, that of block-attach does not
        addAll(
                root,
                "disks",
                plan.disks().stream()
                        .map(disk -> disk.deepCopy().put("colo_restore_enable", "False"))
                        .toList());
        return root.put("on_reboot", "restart").put("on_soft_reset", "soft_reset");
    }

    /** Domain-0's, as tools/helpers/init-dom-json.c makes it. */
    static ObjectNode ofDomain0() {
        ObjectNode root = NODES.objectNode();
        root.putObject("c_info").put("type", "pv");
        ObjectNode build = root.putObject("b_info");
        build.putObject("sched_params");
        build.putObject("type.pv");
        build.putObject("arch_arm");
        build.putObject("arch_x86");
        return root;
    }

    private static void addAll(ObjectNode root, String name, Iterable<ObjectNode> entries) {
        ArrayNode array = NODES.arrayNode();
        entries.forEach(array::add);
        if (!array.isEmpty()) {
            root.set(name, array);
        }
    }
}
