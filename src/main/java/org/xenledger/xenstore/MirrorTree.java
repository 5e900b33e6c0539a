// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.xenledger.xenstore.wire.XenstorePath;

/** A tree in which subtrees are replaced; what was given out before shares the rest and does not change. */
final class MirrorTree {
    private XenstoreNode root = new XenstoreNode("", "", Optional.empty(), List.of());
    private final TreeSet<Gap> gaps = new TreeSet<>();
    private TreeSize size = TreeSize.NOTHING;

    /** How much it holds. */
    TreeSize size() {
        return size;
    }

    /** How much it holds at a path and below. */
    TreeSize size(String path) {
        return node(XenstorePath.names(path)).map(TreeSize::of).orElse(TreeSize.NOTHING);
    }

    /** How many children a node has. */
    int children(String path) {
        return node(XenstorePath.names(path))
                .map(node -> node.children().size())
                .orElse(0);
    }

    /** The path to read so that a changed path is known: itself, or the highest one above it that is not there. */
    String place(String changed, String top) {
        XenstoreNode node = root;
        String path = "/";
        for (String name : XenstorePath.names(changed)) {
            Optional<XenstoreNode> child = node.child(name);
            path = XenstorePath.child(path, name);
            if (child.isEmpty()) {
                return path.length() < top.length() ? top : path;
            }
            node = child.get();
        }
        return changed;
    }

    /** Puts what was read in the place of what was known; gives how many nodes it has. */
    int replace(String path, MutableNode read) {
        SortedSet<Gap> found = new TreeSet<>();
        Optional<XenstoreNode> fresh = read.freeze(path, found);
        gaps.removeIf(gap -> XenstorePath.isAtOrBelow(gap.path(), path));
        gaps.addAll(found);
        List<String> names = XenstorePath.names(path);
        TreeSize its = fresh.map(TreeSize::of).orElse(TreeSize.NOTHING);
        size = size.plus(its).minus(size(path));
        if (names.isEmpty()) {
            root = fresh.orElseThrow(() -> new IllegalStateException("the root is gone"));
        } else if (fresh.isPresent() || node(names).isPresent()) {
            root = with(root, names, fresh);
        }
        return its.nodes();
    }

    /** What could not be read in time stays as it was known. */
    void keep(String path) {
        gaps.add(new Gap(path, Gap.Reason.TIME));
    }

    /** Whether something there kept changing while it was read, so that no event may tell of what was missed. */
    boolean unsettled(String path) {
        return gaps.stream()
                .anyMatch(gap -> gap.reason() == Gap.Reason.CHANGING && XenstorePath.isAtOrBelow(gap.path(), path));
    }

    XenstoreTree tree(List<Gap> changing) {
        TreeSet<Gap> all = new TreeSet<>(gaps);
        all.addAll(changing);
        return new XenstoreTree(root, List.copyOf(all));
    }

    private Optional<XenstoreNode> node(List<String> names) {
        Optional<XenstoreNode> node = Optional.of(root);
        for (String name : names) {
            node = node.flatMap(parent -> parent.child(name));
        }
        return node;
    }

    private static XenstoreNode with(XenstoreNode parent, List<String> names, Optional<XenstoreNode> fresh) {
        String name = names.get(0);
        List<XenstoreNode> children = new ArrayList<>(parent.children());
        int index = 0;
        while (index < children.size() && !children.get(index).name().equals(name)) {
            index++;
        }
        boolean known = index < children.size();
        Optional<XenstoreNode> child = fresh;
        if (names.size() > 1) {
            XenstoreNode below = known ? children.get(index) : new XenstoreNode(name, "", Optional.empty(), List.of());
            child = Optional.of(with(below, names.subList(1, names.size()), fresh));
        }
        if (known) {
            children.remove(index);
        }
        if (child.isPresent()) {
            children.add(index, child.get());
        }
        return new XenstoreNode(parent.name(), parent.value(), parent.permissions(), children);
    }
}
