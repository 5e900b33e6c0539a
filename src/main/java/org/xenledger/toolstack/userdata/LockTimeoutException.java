// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.userdata;

import java.time.Duration;
import java.util.Optional;

/** Somebody else kept the lock of a domain's configuration for too long. */
public final class LockTimeoutException extends UserdataException {
    private static final long serialVersionUID = 1L;

    private final transient Optional<LockHolder> holder;

    LockTimeoutException(int domid, Duration limit, Optional<LockHolder> holder) {
        super("the configuration of domain " + domid + " has been locked for " + limit.toMillis() / 1000.0 + " s by "
                + holder.map(LockHolder::toString).orElse("another process") + ": end that one, or try again");
        this.holder = holder;
    }

    /** Who had it at the end, as far as could be found out. */
    public Optional<LockHolder> holder() {
        return holder;
    }
}
