// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.template;

/** A text is not the JSON that it should be; the message is one clause that says what is wrong and where. */
public final class MalformedJsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedJsonException(String message) {
        super(message);
    }
}
