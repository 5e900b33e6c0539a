// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.command;

import java.util.List;
import org.xenledger.domain.Owner;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.event.DeviceEvent;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.domain.operation.Step;
import org.xenledger.domain.state.DomainState;
import org.xenledger.domain.state.OperationState;

/**
 * Tells how a step went. Nothing happens where the operation no longer stands at that step or has another owner: the
 * outcome was told before, or is no longer this owner's to tell.
 *
 * @param at the step whose effect had this outcome
 * @param outcome one event or several that follow on each other, all of the same operation
 */
public record AdvanceOperation(StreamId stream, Owner owner, Step at, List<DeviceEvent> outcome)
        implements DomainCommand {
    public AdvanceOperation {
        outcome = List.copyOf(outcome);
    }

    @Override
    public List<DomainEvent> decide(DomainState state) {
        DeviceEvent first = outcome.get(0);
        boolean current = state.operation(first.incarnation(), first.device())
                .filter(operation -> operation.id().equals(first.operation()))
                .filter(OperationState::open)
                .filter(operation -> operation.due() == at && owner.equals(operation.owner()))
                .isPresent();
        return current ? List.copyOf(outcome) : List.of();
    }
}
