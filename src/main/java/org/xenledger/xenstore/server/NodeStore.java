// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import java.util.HashMap;
import java.util.Map;

/** The live nodes by their path, the count of all changes, and the memory that each owner's nodes take. */
final class NodeStore {
    private final Map<String, Node> nodes = new HashMap<>();
    private final Domains domains;
    private long generation;

    NodeStore(Domains domains) {
        this.domains = domains;
        putFirst(NodePath.ROOT, "tool\0");
        putFirst("/tool", "xenstored\0");
        putFirst("/tool/xenstored", "");
    }

    private void putFirst(String path, String children) {
        put(path, new Node(nextGeneration(), NodePermissions.OF_DOMAIN_0, "", children), false);
        domains.countNodes(0, 1, 0);
    }

    long generation() {
        return generation;
    }

    long nextGeneration() {
        return ++generation;
    }

    /** The node with the permissions that count now; null where there is none. */
    Node get(String path) {
        Node node = nodes.get(path);
        return node == null ? null : current(node);
    }

    Node current(Node node) {
        return node.withPermissions(domains.current(node.permissions(), node.generation()));
    }

    long generationOf(String path) {
        Node node = nodes.get(path);
        return node == null ? Node.NO_GENERATION : node.generation();
    }

    /** @param bounded whether the owner's quota of memory counts */
    void put(String path, Node node, boolean bounded) {
        Node before = nodes.get(path);
        if (before != null) {
            domains.countMemory(before.permissions().owner(), -size(path, before));
        }
        if (bounded && !domains.hasMemory(node.permissions().owner(), size(path, node))) {
            if (before != null) {
                domains.countMemory(before.permissions().owner(), size(path, before));
            }
            throw new Refusal(Errno.EIO);
        }
        nodes.put(path, node);
        domains.countMemory(node.permissions().owner(), size(path, node));
    }

    void remove(String path) {
        Node before = nodes.remove(path);
        if (before != null) {
            domains.countMemory(before.permissions().owner(), -size(path, before));
        }
    }

    static int size(String key, Node node) {
        return key.length() + node.size();
    }
}
