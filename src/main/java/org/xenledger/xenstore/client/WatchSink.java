// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.client;

/**
 * Takes what a watch tells, on the client's own thread and in the order of its coming among the replies: it must not
 * block. An event says no more than that something may have changed at its path or, where nodes were removed, below it;
 * it counts for what is asked after it came, not for what is under way.
 */
public interface WatchSink {
    /** @param path as the daemon sent it: the one that was watched, or one below it */
    void changed(String path);

    /** The connection is lost: from now on changes are missed, until {@link #restored}. */
    void lost();

    /** The watch is there again, and a first event follows: what happened meanwhile is not known. */
    void restored();
}
