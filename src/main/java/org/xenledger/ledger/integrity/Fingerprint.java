// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.integrity;

import java.util.HexFormat;
import org.xenledger.ledger.SealTable.Seal;

/**
 * What a ledger was at one of its seals: whoever knows it can tell later whether the ledger still continues it.
 *
 * @param seal the seal's number; 0 in a ledger that has none
 * @param position the last global index that it covers
 * @param hash the seal's hash in hexadecimal digits
 */
public record Fingerprint(long seal, long position, String hash) {
    public static Fingerprint of(Seal seal) {
        return new Fingerprint(seal.number(), seal.lastIndex(), HexFormat.of().formatHex(seal.hash()));
    }

    /** As people compare it: position and hash. */
    @Override
    public String toString() {
        return position + ":" + hash;
    }
}
