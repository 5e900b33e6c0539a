// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

/**
 * One row of the event table, as stored. Rows are told apart by their place, never by {@code equals}.
 *
 * @param occurredAt ISO-8601 with nine digits, as {@link Times} writes it
 * @param payload the event as JSON, the very bytes
 * @param metadata the engine's own, the very bytes
 * @param hash {@link RowHash} over the row and its predecessor in the stream
 */
@SuppressWarnings("ArrayRecordComponent")
public record EventRow(
        long globalIndex,
        String stream,
        long sequence,
        String eventId,
        String kind,
        int revision,
        String occurredAt,
        byte[] payload,
        byte[] metadata,
        byte[] hash) {
    /** The same row with its place in the ledger and its hash. */
    EventRow placed(long newIndex, byte[] newHash) {
        return new EventRow(
                newIndex, stream, sequence, eventId, kind, revision, occurredAt, payload, metadata, newHash);
    }
}
