// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.wire;

/** The message types that are sent or understood: enum xsd_sockmsg_type in xen/include/public/io/xs_wire.h. */
public enum MessageType {
    DIRECTORY(1),
    READ(2),
    GET_PERMS(3),
    WATCH(4),
    WATCH_EVENT(15),
    ERROR(16),
    DIRECTORY_PART(22);

    private final int code;

    MessageType(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
