// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.client;

import java.io.Serial;
import org.xenledger.xenstore.wire.MessageType;
import org.xenledger.xenstore.wire.XenstoreException;

/** The daemon answered with an error: the request was not carried out, and the connection is as good as before. */
public final class RefusedException extends XenstoreException {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final int MAX_ERROR_LENGTH = 64;

    private final String error;

    RefusedException(MessageType type, String subject, String error) {
        super("xenstored refuses " + type + (subject.isEmpty() ? "" : " of " + subject) + ": " + bounded(error));
        this.error = bounded(error);
    }

    private static String bounded(String error) {
        return error.length() <= MAX_ERROR_LENGTH ? error : error.substring(0, MAX_ERROR_LENGTH);
    }

    /** The errno name as the daemon sent it, as {@code ENOENT}; oxenstored has names that xs_wire.h does not list. */
    public String error() {
        return error;
    }

    public boolean is(String name) {
        return error.equals(name);
    }
}
