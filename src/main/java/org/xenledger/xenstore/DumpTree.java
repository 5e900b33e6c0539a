// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.xenledger.xenstore.wire.XenstorePath;

/** Puts a dump's nodes, each of which comes before its children, into a tree. */
final class DumpTree {
    private record Open(String path, MutableNode node) {}

    private final MutableNode root = MutableNode.directory("");
    /** From the node that was added last up to the one that was dumped. */
    private final Deque<Open> open = new ArrayDeque<>();

    private final Budget budget;
    private final DumpLines lines;

    DumpTree(Optional<String> base, Budget budget, DumpLines lines) {
        this.budget = budget;
        this.lines = lines;
        base.ifPresent(this::openBase);
    }

    private void openBase(String base) {
        if (!XenstorePath.isAbsolute(base)) {
            throw new XenstoreFormatException("the dump's root must be an absolute path of xenstore");
        }
        MutableNode node = root;
        List<String> names = XenstorePath.names(base);
        for (String name : names) {
            MutableNode below = MutableNode.directory(name);
            node.add(below);
            node = below;
        }
        open.push(new Open(base, node));
    }

    /** Adds the node of a line of {@code xenstore-ls -f}; the first one shows what was dumped. */
    MutableNode addPath(String path) {
        int slash = path.lastIndexOf('/');
        if (slash < 0 || !XenstorePath.isAbsolute(path) || path.equals("/")) {
            throw lines.error("does not begin with a path of xenstore");
        }
        String parent = XenstorePath.parent(path);
        if (open.isEmpty()) {
            openBase(parent);
        }
        while (!open.isEmpty() && !open.peek().path().equals(parent)) {
            open.pop();
        }
        if (open.isEmpty()) {
            throw lines.error("names a node whose parent does not come before it");
        }
        return add(path.substring(slash + 1));
    }

    /** Adds the node of a line without {@code -f}: one blank for each level. */
    MutableNode addIndented(String head) {
        int blanks = 0;
        while (blanks < head.length() && head.charAt(blanks) == ' ') {
            blanks++;
        }
        if (blanks >= open.size()) {
            throw lines.error("is indented deeper than a child of the line before");
        }
        while (open.size() > blanks + 1) {
            open.pop();
        }
        return add(head.substring(blanks));
    }

    private MutableNode add(String name) {
        Open parent = open.element();
        String path = XenstorePath.child(parent.path(), name);
        if (!XenstorePath.isName(name) || path.length() > XenstorePath.MAX_LENGTH) {
            throw lines.error("does not begin with a name of xenstore");
        }
        if (parent.node().child(name) != null) {
            throw lines.error("names a node that came before");
        }
        MutableNode node = new MutableNode(name);
        Optional<Gap.Reason> refusal = budget.takeNode(parent.node(), node, path);
        if (refusal.isPresent()) {
            // its own children still follow: they are checked, and dropped with it
            parent.node().gap = refusal.get();
        } else {
            parent.node().add(node);
        }
        open.push(new Open(path, node));
        return node;
    }

    void takeValue(MutableNode node, String value) {
        budget.takeValue(node, value);
    }

    XenstoreTree finish() {
        TreeSet<Gap> gaps = new TreeSet<>();
        return new XenstoreTree(root.freeze("/", gaps).orElseThrow(), List.copyOf(gaps));
    }
}
