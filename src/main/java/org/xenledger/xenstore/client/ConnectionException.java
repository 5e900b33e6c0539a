// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.client;

import java.io.Serial;
import org.xenledger.xenstore.wire.XenstoreException;

/**
 * The daemon cannot be reached, does not answer, went away or does not speak the protocol. A request that was on its way
 * may or may not have been carried out: whoever changes something has to look before trying again.
 */
public final class ConnectionException extends XenstoreException {
    @Serial
    private static final long serialVersionUID = 1L;

    ConnectionException(String message) {
        super(message);
    }

    ConnectionException(String message, Throwable cause) {
        super(message, cause);
    }
}
