// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.wire;

import java.io.Serial;

/** Xenstore cannot be used; the message is one sentence with what to do. */
public class XenstoreException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public XenstoreException(String message) {
        super(message);
    }

    public XenstoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
