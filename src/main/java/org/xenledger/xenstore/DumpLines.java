// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The lines of a dump, bounded. xenstore-ls escapes what is not printable ASCII and ends each line, so anything else is
 * a {@link XenstoreFormatException}: damage, another kind of file, or a dump that was cut off.
 */
final class DumpLines {
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int filled;
    private final byte[] line = new byte[DumpReader.MAX_LINE];
    private long left = DumpReader.MAX_BYTES;
    private int number;

    DumpLines(InputStream in) {
        this.in = in;
    }

    /** The next line without its end; null after the last. */
    String next() throws IOException {
        number++;
        int length = 0;
        for (int c = read(); c != '\n'; c = read()) {
            if (c < 0) {
                if (length == 0) {
                    return null;
                }
                throw error("has no end: the dump was cut off");
            }
            if (c < ' ' || c > '~') {
                throw error(String.format("holds the byte 0x%02x, which xenstore-ls never prints", c));
            }
            if (length == line.length) {
                throw error("is longer than " + line.length + " bytes");
            }
            line[length++] = (byte) c;
        }
        left -= length + 1;
        if (left < 0) {
            throw error("is beyond " + DumpReader.MAX_BYTES + " bytes, more than a dump may have");
        }
        return new String(line, 0, length, StandardCharsets.ISO_8859_1);
    }

    private int read() throws IOException {
        if (position == filled) {
            filled = in.readNBytes(buffer, 0, buffer.length);
            position = 0;
        }
        return filled == 0 ? -1 : buffer[position++] & 0xff;
    }

    /** An error in the line that was read last. */
    XenstoreFormatException error(String what) {
        return new XenstoreFormatException("line " + number + " of the xenstore dump " + what);
    }
}
