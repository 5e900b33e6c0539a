// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

/**
 * Who changes nodes, as far as a change must know.
 *
 * @param maxNodeSize a bounded write of a node of this size or more is ENOSPC
 */
record Cause(int maxNodeSize, Outstanding request) {
    /** The daemon itself, as when it cleans up after a domain. */
    static final Cause DAEMON = new Cause(Integer.MAX_VALUE, Outstanding.UNCOUNTED);

    void checkSize(Node node) {
        if (node.size() >= maxNodeSize) {
            throw new Refusal(Errno.ENOSPC);
        }
    }
}
