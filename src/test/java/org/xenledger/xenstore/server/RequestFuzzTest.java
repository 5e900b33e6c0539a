// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import org.xenledger.Soak;

/** Whatever is asked in whatever order, each request has one answer, what is kept is bounded, and the tree stays one. */
class RequestFuzzTest {
    private static final int MANY = 500;

    private int tries;

    @Property(tries = 10, shrinking = ShrinkingMode.OFF)
    void eachRequestHasItsAnswer(@ForAll long seed) {
        new RandomRequests(seed).run();
    }

    /** The number of tries can be a constant only. */
    @Tag("soak")
    @Property(tries = MANY, shrinking = ShrinkingMode.OFF)
    void eachOfManyRequestsHasItsAnswer(@ForAll long seed) {
        if (tries++ < Soak.rounds(MANY)) {
            new RandomRequests(seed).run();
        }
    }
}
