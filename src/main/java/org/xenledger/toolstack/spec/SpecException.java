// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.spec;

/** A device was asked for in words that cannot be understood or carried out; the message is one sentence that says why. */
public final class SpecException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SpecException(String message) {
        super(message);
    }
}
