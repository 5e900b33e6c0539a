// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One message: a header of four 32-bit words in the host's byte order (type, request, transaction, length), then that
 * many bytes. Strings hold one character for each byte (ISO-8859-1), so nothing is lost.
 *
 * @param type a {@link MessageType}'s code, or another's that is not known here
 * @param body the payload as text
 */
public record Frame(int type, int request, int transaction, String body) {
    /** The most that a request may carry; the C daemon closes the connection at more, oxenstored goes silent. */
    public static final int MAX_REQUEST = 4096;

    /** The most strings that are taken from one body: eight million short ones would be half a gigabyte. */
    public static final int MOST_STRINGS = 1 << 20;

    /** The length of a header. */
    public static final int HEADER = 16;

    public boolean is(MessageType expected) {
        return type == expected.code();
    }

    /**
     * The NUL-terminated strings of the body; what follows the last NUL is not one of them. More than
     * {@link #MOST_STRINGS} are a {@link XenstoreException}.
     */
    public List<String> strings() {
        List<String> strings = new ArrayList<>();
        int start = 0;
        for (int nul = body.indexOf('\0'); nul >= 0; nul = body.indexOf('\0', start)) {
            if (strings.size() == MOST_STRINGS) {
                throw new XenstoreException("the other side sent a list of more than " + MOST_STRINGS
                        + " strings: check that the socket is xenstored's");
            }
            strings.add(body.substring(start, nul));
            start = nul + 1;
        }
        return strings;
    }

    /** The errno name that an error carries, which may be one that xs_wire.h does not list; empty for another frame. */
    public Optional<String> error() {
        return is(MessageType.ERROR) ? Optional.of(body.replace("\0", "")) : Optional.empty();
    }

    /** The frame as it goes over the socket. */
    public ByteBuffer encode() {
        byte[] payload = body.getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(HEADER + payload.length)
                .order(ByteOrder.nativeOrder())
                .putInt(type)
                .putInt(request)
                .putInt(transaction)
                .putInt(payload.length)
                .put(payload)
                .flip();
    }
}
