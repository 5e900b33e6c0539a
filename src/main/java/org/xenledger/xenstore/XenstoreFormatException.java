// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import java.io.Serial;

/** A text is not what xenstore-ls prints; the message is one sentence, with the line where there is one. */
public final class XenstoreFormatException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public XenstoreFormatException(String message) {
        super(message);
    }
}
