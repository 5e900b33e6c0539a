// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import java.util.Optional;

/** Counts what a read takes in against its limits. */
final class Budget {
    private final ReadLimits limits;
    private int nodes;
    private long bytes;

    Budget(ReadLimits limits) {
        this.limits = limits;
    }

    /** Takes a child in, or says why not. */
    Optional<Gap.Reason> takeNode(MutableNode parent, int depth, String name) {
        Gap.Reason refusal = refusal(parent, depth, name.length());
        if (refusal == null) {
            nodes++;
            bytes += name.length();
        }
        return Optional.ofNullable(refusal);
    }

    private Gap.Reason refusal(MutableNode parent, int depth, int length) {
        if (depth > limits.depth()) {
            return Gap.Reason.DEPTH;
        }
        if (parent.children().size() >= limits.children()) {
            return Gap.Reason.CHILDREN;
        }
        if (nodes >= limits.nodes()) {
            return Gap.Reason.NODES;
        }
        return bytes + length > limits.bytes() ? Gap.Reason.BYTES : null;
    }

    /** The value if there is room for it; else the empty one, and the node says so. */
    void takeValue(MutableNode node, String value) {
        if (bytes + value.length() > limits.bytes()) {
            node.gap = Gap.Reason.BYTES;
            node.value = "";
        } else {
            bytes += value.length();
            node.value = value;
        }
    }
}
