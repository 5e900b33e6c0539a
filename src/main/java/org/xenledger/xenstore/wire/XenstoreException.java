// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.wire;

import java.io.Serial;

/** The xenstore daemon cannot be reached or does not speak the protocol; the message is one sentence with what to do. */
public final class XenstoreException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public XenstoreException(String message) {
        super(message);
    }

    public XenstoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
