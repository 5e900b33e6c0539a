// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import java.util.List;
import java.util.Optional;
import org.xenledger.xenstore.wire.XenstorePath;

/**
 * What was read of xenstore. Immutable.
 *
 * <p>Ancestors of what was read are there without value; what was never asked for is missing, as what does not exist.
 *
 * @param root the node {@code /}
 * @param gaps where it is incomplete, and why; empty for a tree that is whole, and then it is what xenstore held at one
 *     moment (read from a live daemon) or all that the dump says
 */
public record XenstoreTree(XenstoreNode root, List<Gap> gaps) {
    public XenstoreTree {
        gaps = List.copyOf(gaps);
    }

    public boolean whole() {
        return gaps.isEmpty();
    }

    /** Whether what the tree says about this path and all below it, also that it is missing, can be relied on. */
    public boolean wholeAt(String path) {
        return gaps.stream()
                .noneMatch(gap ->
                        XenstorePath.isAtOrBelow(gap.path(), path) || XenstorePath.isAtOrBelow(path, gap.path()));
    }

    /** The node at an absolute path. */
    public Optional<XenstoreNode> find(String path) {
        if (!XenstorePath.isAbsolute(path)) {
            return Optional.empty();
        }
        Optional<XenstoreNode> node = Optional.of(root);
        for (String name : XenstorePath.names(path)) {
            node = node.flatMap(parent -> parent.child(name));
        }
        return node;
    }

    /** The value at a path; a node without one has the empty string. */
    public Optional<String> value(String path) {
        return find(path).map(XenstoreNode::value);
    }

    /** The children of a path; none where it does not exist. */
    public List<XenstoreNode> children(String path) {
        return find(path).map(XenstoreNode::children).orElse(List.of());
    }
}
