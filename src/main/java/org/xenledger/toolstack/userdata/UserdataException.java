// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.userdata;

/** libxl's files cannot be read or changed as asked; the message is one sentence that says what to do. */
public class UserdataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UserdataException(String message) {
        super(message);
    }

    public UserdataException(String message, Throwable cause) {
        super(message, cause);
    }
}
