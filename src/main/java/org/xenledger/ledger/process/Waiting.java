// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.process;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.xenledger.domain.state.OperationState;

/** Those who wait for the end of an operation of this process. */
public final class Waiting {
    private final Map<String, CompletableFuture<OperationState>> futures = new ConcurrentHashMap<>();

    /** The end of an operation; to be asked for before its intent is appended. */
    public CompletableFuture<OperationState> endOf(String operation) {
        return futures.computeIfAbsent(operation, id -> new CompletableFuture<>());
    }

    void ended(OperationState operation) {
        CompletableFuture<OperationState> future = futures.remove(operation.id());
        if (future != null) {
            future.complete(operation);
        }
    }

    void failed(String operation, Throwable why) {
        CompletableFuture<OperationState> future = futures.remove(operation);
        if (future != null) {
            future.completeExceptionally(why);
        }
    }
}
