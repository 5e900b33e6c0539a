// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * The chain over the whole ledger: a seal's hash covers the seal before it and the rows since then, in their order. Fed
 * row by row, for one seal may cover very many.
 */
public final class SealHash {
    private final MessageDigest digest = RowHash.sha256();
    private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);
    private long lastIndex;
    private long count;

    /**
     * @param previous the hash of the seal before; {@link RowHash#none()} for the first
     * @param previousLastIndex the last global index that it covers; 0 for the first
     */
    public SealHash(byte[] previous, long previousLastIndex) {
        digest.update(previous);
        lastIndex = previousLastIndex;
    }

    public void add(long globalIndex, byte[] rowHash) {
        put(globalIndex);
        digest.update(rowHash);
        lastIndex = globalIndex;
        count++;
    }

    /** The last global index that is covered. */
    public long lastIndex() {
        return lastIndex;
    }

    public long count() {
        return count;
    }

    /** The seal's hash; to be called once. */
    public byte[] finish(String sealedAt) {
        put(lastIndex);
        put(count);
        return digest.digest(sealedAt.getBytes(US_ASCII));
    }

    private void put(long value) {
        digest.update(number.putLong(0, value).array());
    }
}
