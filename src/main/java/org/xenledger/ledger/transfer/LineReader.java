// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.transfer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.xenledger.ledger.LedgerException;

/** Reads lines of bounded length, and knows where it is. */
final class LineReader {
    private final InputStream in;
    private final int longest;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int limit;
    private long bytes;
    private long number;

    LineReader(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /** The number of the line that was read last; 0 before the first. */
    long number() {
        return number;
    }

    /** How many bytes have been read. */
    long bytes() {
        return bytes;
    }

    /** The next line without its end; null at the end of the file, which must be the end of a line. */
    byte[] next() throws IOException {
        number++;
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        while (position < limit || fill()) {
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            line.write(buffer, position, end - position);
            if (line.size() > longest) {
                throw wrong("it is longer than any line of an export");
            }
            position = end + 1;
            if (end < limit) {
                return line.toByteArray();
            }
        }
        if (line.size() > 0) {
            throw wrong("the file ends in the middle of it");
        }
        return null;
    }

    /** What is wrong with the line that was read last. */
    LedgerException wrong(String reason) {
        return new LedgerException("line " + number + " of the export cannot be imported: " + reason);
    }

    private boolean fill() throws IOException {
        limit = in.read(buffer);
        position = 0;
        bytes += Math.max(0, limit);
        return limit > 0;
    }
}
