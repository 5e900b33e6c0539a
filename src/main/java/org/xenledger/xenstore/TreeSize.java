// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import org.xenledger.xenstore.wire.Frame;

/**
 * How much a tree holds, as {@link ReadLimits} bounds it.
 *
 * @param bytes of names and values
 */
record TreeSize(int nodes, long bytes) {
    static final TreeSize NOTHING = new TreeSize(0, 0);

    /** No node can be written with more. */
    static final TreeSize LARGEST_NODE = new TreeSize(1, Frame.MAX_REQUEST);

    /** Recursion is bounded by the depth limit of what was read. */
    static TreeSize of(XenstoreNode node) {
        TreeSize size = new TreeSize(1, node.name().length() + node.value().length());
        for (XenstoreNode child : node.children()) {
            size = size.plus(of(child));
        }
        return size;
    }

    TreeSize plus(TreeSize other) {
        return new TreeSize(nodes + other.nodes, bytes + other.bytes);
    }

    TreeSize minus(TreeSize other) {
        return new TreeSize(nodes - other.nodes, bytes - other.bytes);
    }
}
