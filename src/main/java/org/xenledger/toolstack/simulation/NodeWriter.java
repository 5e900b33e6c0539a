// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.simulation;

import java.util.List;
import org.xenledger.toolstack.device.DeviceNodes;
import org.xenledger.xenstore.client.Nodes;
import org.xenledger.xenstore.client.RefusedException;
import org.xenledger.xenstore.wire.XenstorePath;

/** Writes and removes nodes as libxl does. */
final class NodeWriter {
    private NodeWriter() {}

    static void write(Nodes into, List<DeviceNodes.Node> nodes) {
        for (DeviceNodes.Node node : nodes) {
            into.write(node.path(), node.value());
            if (!node.permissions().isEmpty()) {
                into.setPermissions(node.path(), node.permissions());
            }
        }
    }

    /** Removes a path, and those above it that are empty then: libxl__xs_path_cleanup. */
    static void cleanUp(Nodes from, String path) {
        removeIfThere(from, path);
        String above = XenstorePath.parent(path);
        while (!above.equals("/") && isEmpty(from, above)) {
            from.remove(above);
            above = XenstorePath.parent(above);
        }
    }

    private static boolean isEmpty(Nodes nodes, String path) {
        return valueOf(nodes, path).isEmpty() && childrenOf(nodes, path).isEmpty();
    }

    /** Also where what is above it is missing. */
    static void removeIfThere(Nodes from, String path) {
        try {
            from.remove(path);
        } catch (RefusedException e) {
            requireMissing(e);
        }
    }

    /** Empty where the node is missing. */
    static String valueOf(Nodes nodes, String path) {
        try {
            return nodes.read(path);
        } catch (RefusedException e) {
            requireMissing(e);
            return "";
        }
    }

    static boolean exists(Nodes nodes, String path) {
        try {
            nodes.read(path);
            return true;
        } catch (RefusedException e) {
            requireMissing(e);
            return false;
        }
    }

    /** None where the node is missing. */
    static List<String> childrenOf(Nodes nodes, String path) {
        try {
            return nodes.children(path);
        } catch (RefusedException e) {
            requireMissing(e);
            return List.of();
        }
    }

    private static void requireMissing(RefusedException refusal) {
        if (!refusal.is("ENOENT")) {
            throw refusal;
        }
    }
}
