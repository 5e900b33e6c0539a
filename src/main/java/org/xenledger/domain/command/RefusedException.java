// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.command;

import java.io.Serial;

/** A request that the state does not allow; the message is one sentence for whoever asked. */
public final class RefusedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public RefusedException(String message) {
        super(message);
    }
}
