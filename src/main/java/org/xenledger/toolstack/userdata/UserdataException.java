// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.userdata;

/** The directory of libxl's files cannot be read at all; the message is one sentence that says what to do. */
public final class UserdataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UserdataException(String message, Throwable cause) {
        super(message, cause);
    }
}
