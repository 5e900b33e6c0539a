// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import org.xenledger.xenstore.wire.XenstorePath;

/** Finds the node that a client asks for, if it may: get_node in tools/xenstored/core.c. */
final class NodeLookup {
    private final Quotas quotas;

    NodeLookup(Quotas quotas) {
        this.quotas = quotas;
    }

    /** The node; where there is none or access to it is missing, an error. */
    Node require(Call call, String path, int access) {
        Node node = find(call, path, access);
        if (node == null) {
            throw new Refusal(Errno.ENOENT);
        }
        return node;
    }

    /** Null where there is none and the client may know that. */
    Node find(Call call, String path, int access) {
        if (!NodePath.isValid(path, quotas.get(Quotas.Kind.PATH_MAX))) {
            throw new Refusal(Errno.EINVAL);
        }
        Node node = call.nodes().read(path);
        if (node != null && call.client().may(access, node.permissions())) {
            return node;
        }
        // nobody learns from an error whether there is a node, who has no access right above it
        Node above = nearestAbove(call, path);
        if (node != null || (call.client().accessTo(above.permissions()) & access) == 0) {
            throw new Refusal(Errno.EACCES);
        }
        return null;
    }

    private static Node nearestAbove(Call call, String path) {
        String parent = path;
        Node node;
        do {
            parent = XenstorePath.parent(parent);
            node = call.nodes().read(parent);
        } while (node == null);
        return node;
    }
}
