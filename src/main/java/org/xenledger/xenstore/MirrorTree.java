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
    private int nodes;

    /** How many there are. */
    int nodes() {
        return nodes;
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
        int count = fresh.map(MirrorTree::count).orElse(0);
        nodes += count - node(names).map(MirrorTree::count).orElse(0);
        if (names.isEmpty()) {
            root = fresh.orElseThrow(() -> new IllegalStateException("the root is gone"));
        } else if (fresh.isPresent() || node(names).isPresent()) {
            root = with(root, names, fresh);
        }
        return count;
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

    /** Recursion is bounded by the depth limit of what was read. */
    private static int count(XenstoreNode node) {
        int count = 1;
        for (XenstoreNode child : node.children()) {
            count += count(child);
        }
        return count;
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
