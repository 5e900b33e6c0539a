// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.simulation;

import org.xenledger.xenstore.client.XenstoreClient;

/** What a xenstore daemon hears of domains from elsewhere than from its clients. */
public interface SimulatedHypervisor {
    /** A domain is there, and can be introduced. */
    void create(int domid);

    /** It is gone; the daemon tells so with {@code @releaseDomain}. */
    void destroy(int domid);

    /** For a daemon that takes every domain for an existing one: it is told of an end as of a release. */
    static SimulatedHypervisor none(XenstoreClient client) {
        return new SimulatedHypervisor() {
            @Override
            public void create(int domid) {
                // it takes any
            }

            @Override
            public void destroy(int domid) {
                client.release(domid);
            }
        };
    }
}
