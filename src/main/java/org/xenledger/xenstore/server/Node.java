// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import java.util.List;

/**
 * What is stored of a node. Immutable.
 *
 * <p>Nodes stand side by side by their path and hold their children's names only, as the C daemon's records do: what a
 * transaction sees, and what it collides with, is a matter of single records, not of one moment of the whole tree.
 *
 * @param generation the count of changes at its last own change; a child that comes or goes is one, a child's value none
 * @param value one character for each byte
 * @param children their names in the order of their creation, each with a NUL after it
 */
record Node(long generation, NodePermissions permissions, String value, String children) {
    /** What a node that does not exist has for its generation. */
    static final long NO_GENERATION = -1;

    private static final int HEADER_BYTES = 24;
    private static final int PERMISSION_BYTES = 8;

    /** What the C daemon would need for it, which is what quotas count: struct xs_tdb_record_hdr. */
    int size() {
        return HEADER_BYTES + PERMISSION_BYTES * permissions.entries().size() + value.length() + children.length();
    }

    Node withGeneration(long changed) {
        return new Node(changed, permissions, value, children);
    }

    Node withPermissions(NodePermissions changed) {
        return changed.equals(permissions) ? this : new Node(generation, changed, value, children);
    }

    Node withValue(String changed) {
        return new Node(generation, permissions, changed, children);
    }

    Node withChild(String name) {
        return new Node(generation, permissions, value, children + name + '\0');
    }

    /** The same without the first child of that name, which must be there. */
    Node withoutChild(String name) {
        int at = indexOf(name);
        String left = children.substring(0, at) + children.substring(at + name.length() + 1);
        return new Node(generation, permissions, value, left);
    }

    List<String> childNames() {
        return children.isEmpty() ? List.of() : List.of(children.split("\0"));
    }

    boolean hasChild(String name) {
        return indexOf(name) >= 0;
    }

    private int indexOf(String name) {
        String wanted = name + '\0';
        int at = children.startsWith(wanted) ? 0 : children.indexOf('\0' + wanted) + 1;
        return at > 0 || children.startsWith(wanted) ? at : -1;
    }
}
