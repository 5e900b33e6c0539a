// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.client;

import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.MessageType;

/**
 * One request.
 *
 * @param transaction 0 for none
 * @param connection the number of the only connection on which it makes sense, as a transaction ends with its
 *     connection; {@link #ANY} for any
 */
record Request(MessageType type, int transaction, long connection, String body, Taker taker) {
    static final long ANY = 0;

    /** Takes what becomes of a request, once, on the client's own thread: it must not block. */
    interface Taker {
        /** The reply, which may be an error. */
        void take(Frame reply);

        /** There is no reply to come. */
        void lost(ConnectionException why);

        /** Whether nobody waits any more, so that it need not be sent. */
        default boolean withdrawn() {
            return false;
        }
    }

    /** The payload of strings, each with its NUL. */
    static String strings(String... strings) {
        return String.join("\0", strings) + '\0';
    }
}
