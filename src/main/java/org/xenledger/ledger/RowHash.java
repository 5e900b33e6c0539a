// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The chain over one stream: each row's hash covers the row and the hash before it, so that no row of a stream can be
 * changed, taken out or put in without all that follow telling. Texts and bytes go in with their length before them:
 * no two rows have the same form. The global index is not in it; the seals cover the order of streams among each other.
 */
public final class RowHash {
    public static final int LENGTH = 32;

    private static final byte[] NONE = new byte[LENGTH];

    private RowHash() {}

    /** What stands for the hash before a stream's first row. */
    public static byte[] none() {
        return NONE.clone();
    }

    /** The hash of a row that follows on a row with hash {@code previous}; the row's own hash is not looked at. */
    public static byte[] of(byte[] previous, EventRow row) {
        byte[][] parts = {
            previous,
            row.stream().getBytes(UTF_8),
            row.eventId().getBytes(UTF_8),
            row.kind().getBytes(UTF_8),
            row.occurredAt().getBytes(UTF_8),
            row.payload(),
            row.metadata()
        };
        int size = Long.BYTES + Integer.BYTES;
        for (byte[] part : parts) {
            size += Integer.BYTES + part.length;
        }
        ByteBuffer form = ByteBuffer.allocate(size).putLong(row.sequence()).putInt(row.revision());
        for (byte[] part : parts) {
            form.putInt(part.length).put(part);
        }
        return sha256().digest(form.array());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is in every Java", e);
        }
    }
}
