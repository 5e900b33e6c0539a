// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/** A file of any length without its memory: the texts that a function gives for 0, 1, 2 ... up to an empty one. */
final class PiecesStream extends InputStream {
    private final IntFunction<String> text;
    private byte[] piece = {};
    private int position;
    private int next;

    PiecesStream(IntFunction<String> text) {
        this.text = text;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (position == piece.length) {
            piece = text.apply(next++).getBytes(StandardCharsets.ISO_8859_1);
            position = 0;
        }
        int count = Math.min(length, piece.length - position);
        System.arraycopy(piece, position, target, offset, count);
        position += count;
        return count == 0 && length > 0 ? -1 : count;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }
}
