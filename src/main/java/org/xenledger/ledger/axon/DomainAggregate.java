// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.axon;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.isLive;

import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.xenledger.domain.command.DomainCommand;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.domain.state.DomainState;
import org.xenledger.domain.state.Evolution;
import org.xenledger.ledger.Snapshots;

/** A domain, as Axon holds it: it lets commands decide and folds what they decide. */
@AggregateRoot(type = LedgerEventStorageEngine.TYPE)
final class DomainAggregate {
    @AggregateIdentifier
    private final String stream;

    private DomainState state;

    DomainAggregate(DomainState state) {
        this.stream = state.id().value();
        this.state = state;
    }

    @CommandHandler(commandName = AxonLedger.COMMAND)
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(DomainCommand command) {
        for (DomainEvent event : command.decide(state)) {
            apply(event);
        }
    }

    @EventSourcingHandler
    void on(DomainEvent event) {
        state = Evolution.evolve(state, event);
        if (isLive() && Snapshots.due(state)) {
            DueSnapshots.add(event, state);
        }
    }

    @Override
    public String toString() {
        return "DomainAggregate " + stream;
    }
}
