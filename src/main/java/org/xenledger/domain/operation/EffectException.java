// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.operation;

import java.io.Serial;

/**
 * An effect failed for good, and trying it again would not help: the message is one sentence that becomes the operation's
 * reason. Any other exception of a {@link Toolstack} leaves open what was done; the effect is tried again.
 */
public final class EffectException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public EffectException(String message) {
        super(message);
    }

    public EffectException(String message, Throwable cause) {
        super(message, cause);
    }
}
