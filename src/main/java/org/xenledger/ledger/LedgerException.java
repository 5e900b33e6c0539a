// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

/** The ledger cannot do what was asked; the message is one sentence for the person who asked. */
public final class LedgerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LedgerException(String sentence) {
        super(sentence);
    }

    public LedgerException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
