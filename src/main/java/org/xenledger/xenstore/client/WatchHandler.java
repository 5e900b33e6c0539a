// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.client;

import java.util.Set;

/** Takes what a watch tells, on a thread of its own: it may take its time, and ask the client. */
public interface WatchHandler {
    /**
     * Called for one batch after the other, never twice at once. What happened during a call comes with the next one.
     *
     * @param paths where something may have changed, each once
     * @param missed there may have been changes anywhere below what is watched that no path tells: the connection was
     *     lost and is there again, there were too many, or the call before threw something
     * @throws InterruptedException when the client was closed meanwhile
     */
    void changed(Set<String> paths, boolean missed) throws InterruptedException;
}
