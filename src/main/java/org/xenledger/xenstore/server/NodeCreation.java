// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import java.util.ArrayList;
import java.util.List;
import org.xenledger.xenstore.wire.XenstorePath;

/** Makes a node and those above it that are missing: create_node in tools/xenstored/core.c. */
final class NodeCreation {
    /** A node that is to be made, or, the last one, the existing one above it. */
    private record Step(String path, Node node) {}

    private NodeCreation() {}

    /** The new node; where a quota is exceeded nothing is made. */
    static Node create(Call call, String path, String value) {
        List<Step> steps = plan(call, path, value);
        Step existing = steps.remove(steps.size() - 1);
        List<Step> made = new ArrayList<>();
        try {
            for (Step step : steps) {
                if (call.client().exceeds(Quotas.Kind.NODES, call.client().domain().nodes + 1)) {
                    throw new Refusal(Errno.ENOSPC);
                }
                call.nodes().write(step.path(), step.node(), true);
                call.nodes().count(step.node().permissions().owner(), 1);
                made.add(step);
            }
            call.nodes().write(existing.path(), existing.node(), true);
        } catch (Refusal refusal) {
            for (Step step : made) {
                call.nodes().takeBack(step.path());
                call.nodes().count(step.node().permissions().owner(), -1);
            }
            throw refusal;
        }
        return steps.get(0).node();
    }

    /** From the wanted node up, in which order they are written. Each inherits its parent's permissions. */
    private static List<Step> plan(Call call, String path, String value) {
        List<String> missing = new ArrayList<>();
        String above = path;
        Node existing;
        do {
            missing.add(above);
            above = XenstorePath.parent(above);
            existing = call.nodes().read(above);
        } while (existing == null);
        NodePermissions permissions = existing.permissions();
        if (!call.client().isPrivileged()) {
            permissions = permissions.ownedBy(call.client().domid());
        }
        List<Step> steps = new ArrayList<>();
        String children = "";
        for (String wanted : missing) {
            steps.add(new Step(wanted, new Node(0, permissions, steps.isEmpty() ? value : "", children)));
            children = NodePath.name(wanted) + '\0';
        }
        steps.add(new Step(above, existing.withChild(NodePath.name(missing.get(missing.size() - 1)))));
        return steps;
    }
}
