// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app;

/** What was asked for does not make sense; the message is one sentence that says what to do. Exit status 2. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}
