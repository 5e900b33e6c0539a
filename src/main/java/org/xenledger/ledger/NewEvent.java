// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import org.xenledger.domain.StreamId;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.domain.state.DomainState;

/**
 * An event to be appended.
 *
 * @param sequence its number in its stream: the one that follows on the stream's last
 * @param id a uuid of its own
 * @param after the state that it leads to, where a snapshot of that is to be kept; null elsewhere
 */
public record NewEvent(StreamId stream, long sequence, String id, DomainEvent event, DomainState after) {}
