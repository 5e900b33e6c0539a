// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import org.xenledger.domain.StreamId;
import org.xenledger.domain.event.DomainEvent;

/**
 * An event to be appended.
 *
 * @param sequence its number in its stream: the one that follows on the stream's last
 * @param id a uuid of its own
 */
public record NewEvent(StreamId stream, long sequence, String id, DomainEvent event) {}
