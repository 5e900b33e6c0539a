// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import java.util.List;
import org.xenledger.domain.command.DomainCommand;
import org.xenledger.domain.event.RecordedEvent;

/** A ledger that is being written: commands go in, durable events come out. For use by many threads. */
public interface Ledger extends AutoCloseable {
    /** As {@link #handleAll} with one command. */
    default List<RecordedEvent> handle(DomainCommand command) {
        return handleAll(List.of(command));
    }

    /**
     * Lets each command decide on the state of its stream and appends what they decide: all of it, or nothing when one of
     * them throws. Returns when it is durable.
     *
     * @throws LedgerException when the ledger cannot be written, or is closed
     */
    List<RecordedEvent> handleAll(List<DomainCommand> commands);

    /** The last global index that is durable: what acts on the world looks at nothing above it. */
    long durablePosition();

    /** Reads this ledger, up to what is durable. */
    LedgerReader reader();

    /** A thread that closes this ledger, for {@link Runtime#addShutdownHook}. */
    Thread shutdownHook();

    /**
     * Takes no more commands, lets those under way end, stops what follows the events, brings the projections up to the last
     * one, and closes the store.
     */
    @Override
    void close();
}
