// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import org.xenledger.xenstore.wire.XenstorePath;
import org.xenledger.xenstore.wire.XenstorePermission;

/** A node while it is being read. */
final class MutableNode {
    final String name;
    /** Most nodes have none, and no memory for them. */
    private Map<String, MutableNode> children = Map.of();
    /** Null while it is not known, and when the node vanished. */
    String value;

    Optional<List<XenstorePermission>> permissions = Optional.empty();
    /** Null while nothing is missing. */
    Gap.Reason gap;
    /** Whether it kept changing, which reading it again may mend; what else is missing stays missing then. */
    boolean changing;
    /** What its guest's directory has taken; null where it is in none. */
    Budget.Share share;
    /** Requests that are not answered yet. */
    int pending;

    MutableNode(String name) {
        this.name = name;
    }

    /** A directory that nobody asked for, above what is read. */
    static MutableNode directory(String name) {
        MutableNode node = new MutableNode(name);
        node.value = "";
        return node;
    }

    Map<String, MutableNode> children() {
        return children;
    }

    MutableNode child(String wanted) {
        return children.get(wanted);
    }

    void add(MutableNode child) {
        if (children.isEmpty()) {
            children = new LinkedHashMap<>();
        }
        children.put(child.name, child);
    }

    /** Forgets the children, and gives them. */
    Map<String, MutableNode> removeChildren() {
        Map<String, MutableNode> before = children;
        children = Map.of();
        return before;
    }

    boolean vanished() {
        return value == null && pending == 0;
    }

    /** Whether all that was asked of it and below was answered. */
    boolean answered() {
        return pending == 0 && children.values().stream().allMatch(MutableNode::answered);
    }

    /**
     * The node as it is now; empty when it is not known that it exists. The children are given up meanwhile, so that no
     * tree is there twice. Recursion is bounded by the depth limit.
     */
    Optional<XenstoreNode> freeze(String path, SortedSet<Gap> gaps) {
        if (pending > 0) {
            gaps.add(new Gap(path, Gap.Reason.TIME));
        } else if (gap != null) {
            gaps.add(new Gap(path, gap));
        }
        if (changing) {
            gaps.add(new Gap(path, Gap.Reason.CHANGING));
        }
        if (value == null) {
            return Optional.empty();
        }
        List<XenstoreNode> frozen = new ArrayList<>(children.size());
        for (Iterator<MutableNode> left = removeChildren().values().iterator(); left.hasNext(); left.remove()) {
            MutableNode child = left.next();
            child.freeze(XenstorePath.child(path, child.name), gaps).ifPresent(frozen::add);
        }
        return Optional.of(new XenstoreNode(name, value, permissions, frozen));
    }
}
