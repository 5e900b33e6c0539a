// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.command;

import java.util.List;
import org.xenledger.domain.Owner;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.domain.event.OperationEvent.OperationResumed;
import org.xenledger.domain.state.DomainState;
import org.xenledger.domain.state.OperationState.Outcome;

/**
 * Takes an operation over that its owner cannot carry out any more, or takes up one that timed out. Nothing happens where
 * somebody else was first: the operation has another owner than {@code from} by now, or has ended.
 *
 * @param from the owner that is known to be dead, or to have given up
 */
public record ResumeOperation(StreamId stream, Owner from, OperationResumed resumption) implements DomainCommand {
    @Override
    public List<DomainEvent> decide(DomainState state) {
        boolean stillHis = state.operation(resumption.incarnation(), resumption.device())
                .filter(operation -> operation.id().equals(resumption.operation()))
                .filter(operation -> operation.open() || operation.outcome() == Outcome.TIMED_OUT)
                .filter(operation -> from.equals(operation.owner()))
                .isPresent();
        return stillHis ? List.of(resumption) : List.of();
    }
}
