// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.event;

import org.xenledger.domain.StreamId;

/**
 * An event with its place in the ledger.
 *
 * @param position its global index, from 1, without gaps
 * @param sequence its number in its stream, from 0
 * @param id its own identifier, a uuid
 */
public record RecordedEvent(long position, StreamId stream, long sequence, String id, DomainEvent event) {}
