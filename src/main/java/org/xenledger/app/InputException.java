// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app;

/** What was given to read cannot be read; the message is one sentence that says which and why. */
public final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InputException(String message, Throwable cause) {
        super(message, cause);
    }
}
