// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Cuts a stream of bytes into frames, however it was divided on its way: the C daemon writes header and body apart.
 *
 * <p>Replies may exceed {@link Frame#MAX_REQUEST}, as oxenstored sends any list whole; a length above
 * {@link #MAX_REPLY} is a {@link XenstoreException}. Memory grows with the bytes that came, not with those announced.
 */
public final class FrameDecoder {
    /** The longest reply that is taken: a list of about a million short names. */
    public static final int MAX_REPLY = 16 << 20;

    private final int maxLength;
    private byte[] bytes = new byte[8192];
    private int start;
    private int end;

    /** For replies. */
    public FrameDecoder() {
        this(MAX_REPLY);
    }

    /** @param maxLength the longest body that is taken */
    public FrameDecoder(int maxLength) {
        this.maxLength = maxLength;
    }

    /** Takes all that the buffer holds. */
    public void feed(ByteBuffer source) {
        int count = source.remaining();
        if (end + count > bytes.length) {
            int held = end - start;
            byte[] room = held + count > bytes.length ? new byte[Math.max(held + count, 2 * bytes.length)] : bytes;
            System.arraycopy(bytes, start, room, 0, held);
            bytes = room;
            start = 0;
            end = held;
        }
        source.get(bytes, end, count);
        end += count;
    }

    /** The next whole frame; empty until more bytes come. */
    public Optional<Frame> next() {
        if (end - start < Frame.HEADER) {
            return Optional.empty();
        }
        ByteBuffer header = ByteBuffer.wrap(bytes, start, Frame.HEADER).order(ByteOrder.nativeOrder());
        int type = header.getInt();
        int request = header.getInt();
        int transaction = header.getInt();
        int length = header.getInt();
        if (length < 0 || length > maxLength) {
            throw new XenstoreException("the other side announced a message of " + Integer.toUnsignedString(length)
                    + " bytes: check that the socket is xenstored's");
        }
        if (end - start < Frame.HEADER + length) {
            return Optional.empty();
        }
        String body = new String(bytes, start + Frame.HEADER, length, StandardCharsets.ISO_8859_1);
        start += Frame.HEADER + length;
        shrink();
        return Optional.of(new Frame(type, request, transaction, body));
    }

    /** One long list must not hold its memory for as long as the connection lives. */
    private void shrink() {
        int held = end - start;
        if (bytes.length > 1 << 20 && held < 8192) {
            bytes = Arrays.copyOf(Arrays.copyOfRange(bytes, start, end), 8192);
            start = 0;
            end = held;
        }
    }
}
