// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xenledger.xenstore.wire.XenstorePath;

/**
 * Counts what a read takes in against its limits. Each directory in a domain's {@code ~} that the domain may fill has a share
 * of them, so that whoever does so leaves the room of everything else as it was. Domain-0 has no such share.
 */
final class Budget {
    /** How much has been taken. */
    static final class Share {
        private int nodes;
        private long bytes;
    }

    /** The depth of a directory in {@code ~}: a domain cannot make one, only what is below it. */
    private static final int DIRECTORY = 4;

    private final ReadLimits limits;
    private final Share all = new Share();
    private final Map<String, Share> ofDirectories = new HashMap<>();

    Budget(ReadLimits limits) {
        this.limits = limits;
    }

    /** The directory of a guest's in which this is, with a share of its own; empty where it is in none, or is one. */
    static Optional<String> directoryOf(String path) {
        List<String> names = XenstorePath.names(path);
        return isInDirectory(names)
                ? Optional.of("/" + String.join("/", names.subList(0, DIRECTORY)))
                : Optional.empty();
    }

    private static boolean isInDirectory(List<String> names) {
        return names.size() > DIRECTORY
                && Completeness.isOfGuest(names)
                && !Completeness.TOOLSTACKS.contains(names.get(DIRECTORY - 1));
    }

    /**
     * Lets a node that is read by itself share the room of a guest's directory.
     *
     * @param held by the directory already
     * @param known of that, at the node and below, which is forgotten
     */
    void join(MutableNode node, String directory, TreeSize held, TreeSize known) {
        node.share = ofDirectories.computeIfAbsent(directory, first -> {
            Share share = new Share();
            share.nodes = held.nodes();
            share.bytes = held.bytes();
            return share;
        });
        node.share.nodes -= known.nodes();
        node.share.bytes -= known.bytes();
        add(node, 1, node.name.length());
    }

    /** Takes a child at this path in, or says why not. */
    Optional<Gap.Reason> takeNode(MutableNode parent, MutableNode child, String path) {
        List<String> names = XenstorePath.names(path);
        child.share = parent.share != null ? parent.share : shareAt(path);
        Gap.Reason refusal = refusal(parent, child, names.size());
        if (refusal == null) {
            add(child, 1, child.name.length());
        }
        return Optional.ofNullable(refusal);
    }

    private Gap.Reason refusal(MutableNode parent, MutableNode child, int depth) {
        if (depth > limits.depth()) {
            return Gap.Reason.DEPTH;
        }
        if (parent.children().size() >= limits.children()) {
            return Gap.Reason.CHILDREN;
        }
        if (all.nodes >= limits.nodes() || (child.share != null && child.share.nodes >= limits.nodesOfADirectory())) {
            return Gap.Reason.NODES;
        }
        return hasRoom(child, child.name.length()) ? null : Gap.Reason.BYTES;
    }

    /** The value if there is room for it; else the empty one, and the node says so. */
    void takeValue(MutableNode node, String value) {
        if (hasRoom(node, value.length())) {
            add(node, 0, value.length());
            node.value = value;
        } else {
            node.gap = Gap.Reason.BYTES;
            node.value = "";
        }
    }

    private boolean hasRoom(MutableNode node, int length) {
        return all.bytes + length <= limits.bytes()
                && (node.share == null || node.share.bytes + length <= limits.bytesOfADirectory());
    }

    private void add(MutableNode node, int nodes, int length) {
        all.nodes += nodes;
        all.bytes += length;
        if (node.share != null) {
            node.share.nodes += nodes;
            node.share.bytes += length;
        }
    }

    private Share shareAt(String path) {
        return directoryOf(path)
                .map(directory -> ofDirectories.computeIfAbsent(directory, first -> new Share()))
                .orElse(null);
    }
}
