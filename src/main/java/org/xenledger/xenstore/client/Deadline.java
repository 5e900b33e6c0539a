// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.client;

import java.time.Duration;

/** A moment after which nobody waits any longer, on the clock that no one sets. */
public final class Deadline {
    private final long end;

    private Deadline(long end) {
        this.end = end;
    }

    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    public boolean passed() {
        return end - System.nanoTime() <= 0;
    }

    /** What is left, rounded up, so that waiting for it never spins. */
    public long millisLeft() {
        return Math.max(0, (end - System.nanoTime() + 999_999) / 1_000_000);
    }
}
