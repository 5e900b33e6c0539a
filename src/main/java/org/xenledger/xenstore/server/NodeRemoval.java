// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import org.xenledger.xenstore.wire.XenstorePath;

/** Removes a node and all below it, from the leaves up: rm_node in tools/xenstored/core.c. */
final class NodeRemoval {
    private NodeRemoval() {}

    /** @param path of a node that exists and is not the root */
    static void remove(Nodes nodes, String path) {
        String above = XenstorePath.parent(path);
        Node parent = nodes.read(above);
        if (parent == null) {
            throw new Refusal(Errno.EINVAL);
        }
        removeTree(nodes, path, false);
        if (!parent.hasChild(NodePath.name(path))) {
            // possible in a transaction that read the parent before the child was made, and cannot be committed
            throw new Refusal(Errno.EIO);
        }
        nodes.write(above, parent.withoutChild(NodePath.name(path)), false);
    }

    /** @param exactly those above hear of the top only, others of what they watch */
    private static void removeTree(Nodes nodes, String path, boolean exactly) {
        Node node = nodes.read(path);
        if (node == null) {
            throw new Refusal(Errno.EIO);
        }
        for (String name : node.childNames()) {
            removeTree(nodes, XenstorePath.child(path, name), true);
            node = node.withoutChild(name);
            nodes.write(path, node, false);
        }
        nodes.delete(path);
        nodes.changed(path, node, exactly, null);
        nodes.count(node.permissions().owner(), -1);
    }
}
