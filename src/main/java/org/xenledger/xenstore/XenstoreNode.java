// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import java.util.List;
import java.util.Optional;
import org.xenledger.xenstore.wire.XenstorePermission;

/**
 * A node with everything below it. A node has a value and children at the same time; directories have an empty value.
 *
 * @param name its last path component; empty for the root
 * @param value one character for each byte (ISO-8859-1): any bytes, lossless
 * @param permissions the owner's entry first; empty where they were not read
 * @param children in the order in which the daemon listed them
 */
public record XenstoreNode(
        String name, String value, Optional<List<XenstorePermission>> permissions, List<XenstoreNode> children) {
    public XenstoreNode {
        permissions = permissions.map(List::copyOf);
        children = List.copyOf(children);
    }

    public Optional<XenstoreNode> child(String wanted) {
        for (XenstoreNode child : children) {
            if (child.name.equals(wanted)) {
                return Optional.of(child);
            }
        }
        return Optional.empty();
    }

    /** Not the whole subtree, which may be long. */
    @Override
    public String toString() {
        return name + " (" + value.length() + " bytes, " + children.size() + " children)";
    }
}
