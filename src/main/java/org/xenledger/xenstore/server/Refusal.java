// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import java.io.Serial;

/** Ends a request with an error for its answer. Costs no stack trace: a guest may cause as many as it likes. */
final class Refusal extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Errno errno;

    Refusal(Errno errno) {
        super(errno.name(), null, false, false);
        this.errno = errno;
    }

    Errno errno() {
        return errno;
    }
}
