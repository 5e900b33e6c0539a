// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import java.time.Duration;

/**
 * How much one read takes in, so that no guest and no dump can take all memory or all time. What goes beyond becomes a
 * {@link Gap}.
 *
 * @param nodes those read again after a change included
 * @param bytes of names and values
 * @param depth components of a path; libxl's own paths have fewer than 12
 * @param children of one node
 * @param time for a live daemon
 */
public record ReadLimits(int nodes, long bytes, int depth, int children, Duration time) {
    private static final int SHARES = 16;

    /**
     * A guest may own 1000 nodes of 2 KiB (xenstored's quotas): room for hundreds of guests at their limits, and for
     * thousands as they are.
     */
    public static final ReadLimits DEFAULT =
            new ReadLimits(1_000_000, 256L << 20, 128, 100_000, Duration.ofSeconds(60));

    /** These limits where so much is there already. */
    ReadLimits less(TreeSize known) {
        return new ReadLimits(
                Math.max(0, nodes - known.nodes()), Math.max(0, bytes - known.bytes()), depth, children, time);
    }

    /** Whether a directory of a guest that holds so much may have one node more, at this depth and among so many. */
    boolean haveRoom(TreeSize held, int depthOfNode, int siblings) {
        TreeSize more = held.plus(TreeSize.LARGEST_NODE);
        return more.nodes() <= nodesOfADirectory()
                && more.bytes() <= bytesOfADirectory()
                && depthOfNode <= depth
                && siblings < children;
    }

    /** Of the nodes, those that one directory of one guest may have. */
    int nodesOfADirectory() {
        return nodes / SHARES;
    }

    /** Of the bytes, those that one directory of one guest may have. */
    long bytesOfADirectory() {
        return bytes / SHARES;
    }
}
