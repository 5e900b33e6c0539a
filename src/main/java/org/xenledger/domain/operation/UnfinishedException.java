// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.operation;

import java.io.Serial;

/**
 * Nothing more can be done about an operation now, and nothing may be: another program still works on it. The operation
 * stays where it is, for the next process to take over; the message is one sentence that says when.
 */
public final class UnfinishedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public UnfinishedException(String message) {
        super(message);
    }
}
