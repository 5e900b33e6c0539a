// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.integrity;

import org.xenledger.ledger.EventRow;

/**
 * Where an event stands.
 *
 * @param position its global index
 * @param sequence its number in its stream
 * @param time when it happened, as its row says
 */
public record Place(long position, String stream, long sequence, String time) {
    static Place of(EventRow row) {
        return new Place(row.globalIndex(), row.stream(), row.sequence(), row.occurredAt());
    }
}
