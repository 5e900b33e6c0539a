// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

/**
 * A guest's request, which is not over before its reply and all events that it caused were taken by their readers. A
 * guest with too many of these is not listened to: it cannot flood those who watch it.
 */
final class Outstanding {
    /** A request that nobody counts. */
    static final Outstanding UNCOUNTED = new Outstanding(null);

    private final Domain domain;
    private int waiting;

    private Outstanding(Domain domain) {
        this.domain = domain;
    }

    static Outstanding of(Domain guest) {
        return new Outstanding(guest);
    }

    void begin() {
        if (domain != null && waiting++ == 0) {
            domain.outstanding++;
        }
    }

    void end() {
        if (domain != null && --waiting == 0) {
            domain.outstanding--;
        }
    }
}
