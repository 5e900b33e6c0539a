// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.process;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.command.DomainCommand;
import org.xenledger.domain.command.RefusedException;
import org.xenledger.domain.state.OperationState;
import org.xenledger.ledger.Ledger;

/** The way in: one operation of a domain at a time, the others wait for it in the order of their asking. */
public final class Operations {
    private final Ledger ledger;
    private final Waiting waiting;
    private final Map<StreamId, CompletableFuture<?>> last = new HashMap<>();

    public Operations(Ledger ledger, Waiting waiting) {
        this.ledger = ledger;
        this.waiting = waiting;
    }

    /**
     * Starts an operation when those of its domain that were asked for before have ended.
     *
     * @param operation its id
     * @param intent gives the command that starts it; asked when its turn comes, for the world changes until then
     * @return its end, or why it was not started
     */
    public synchronized CompletableFuture<OperationState> start(
            StreamId domain, String operation, Supplier<DomainCommand> intent) {
        last.values().removeIf(CompletableFuture::isDone);
        CompletableFuture<?> before = last.getOrDefault(domain, CompletableFuture.completedFuture(null));
        CompletableFuture<OperationState> mine =
                before.handle((result, failure) -> null).thenComposeAsync(turn -> begin(operation, intent.get()));
        last.put(domain, mine);
        return mine;
    }

    private CompletableFuture<OperationState> begin(String operation, DomainCommand intent) {
        CompletableFuture<OperationState> end = waiting.endOf(operation);
        try {
            if (ledger.handle(intent).isEmpty()) {
                throw new RefusedException(
                        "operation " + operation + " has ended, or another process has taken it over");
            }
        } catch (RuntimeException e) {
            waiting.failed(operation, e);
        }
        return end;
    }
}
