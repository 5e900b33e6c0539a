// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import java.util.ArrayList;
import java.util.List;

/** What is known of one domain, and what it uses of its quotas. */
final class Domain {
    private final int domid;
    private final long generation;

    /** Those whose SET_TARGET named this one; while there are any, this one cannot be released. */
    final List<Domain> referrers = new ArrayList<>();

    /** All that it was ever told to serve; the target is the last. */
    final List<Domain> targets = new ArrayList<>();

    boolean introduced;
    /** Introduced and not dead; one that a referrer keeps goes on without. */
    boolean connected;

    boolean shutDown;
    int nodes;
    int watches;
    int transactions;
    int outstanding;
    long memory;

    Domain(int domid, long generation) {
        this.domid = domid;
        this.generation = generation;
    }

    int domid() {
        return domid;
    }

    boolean isPrivileged() {
        return domid == 0;
    }

    /** Whether what was changed then and names this number can have meant this domain. */
    boolean isOlderThan(long change) {
        return generation <= change;
    }

    /** Whether it has this number, or serves one that has: a device model may do what its guest may. */
    boolean actsFor(int other) {
        return domid == other || (!targets.isEmpty() && targets.get(targets.size() - 1).domid == other);
    }

    void serve(Domain target) {
        targets.add(target);
        target.referrers.add(this);
    }
}
