// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;

/** Whatever is asked in whatever order, each request has one answer, what is kept is bounded, and the tree stays one. */
class RequestFuzzTest {
    @Property(tries = 10)
    void eachRequestHasItsAnswer(@ForAll long seed) {
        new RandomRequests(seed).run();
    }

    @Tag("soak")
    @Property(tries = 500)
    void eachOfManyRequestsHasItsAnswer(@ForAll long seed) {
        new RandomRequests(seed).run();
    }
}
