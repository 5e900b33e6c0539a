// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.operate;

import java.io.Serial;

/** An operation cannot be done as things are; the message is one sentence that says what to do. Nothing was changed. */
public final class OperationException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public OperationException(String message) {
        super(message);
    }
}
