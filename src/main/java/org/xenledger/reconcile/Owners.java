// SPDX-License-Identifier: Apache-2.0
package org.xenledger.reconcile;

import org.xenledger.domain.Owner;
import org.xenledger.domain.state.OperationState;
import org.xenledger.reconcile.verdict.OwnerStatus;

/** Tells whether the process that carries an operation out still lives. */
@FunctionalInterface
public interface Owners {
    /** For a host that is not at hand: nobody is proven dead. */
    Owners UNKNOWN = owner -> OwnerStatus.UNKNOWN;

    /** DEAD only where that is certain: another boot of this host, or a process of this boot that has ended. */
    OwnerStatus statusOf(Owner owner);

    /** Who works on an operation: an xl that lives, whatever became of the process that started it, else its owner. */
    default Owner carrierOf(OperationState operation) {
        return operation
                .xlProcess()
                .filter(xl -> statusOf(xl) == OwnerStatus.ALIVE)
                .orElse(operation.owner());
    }
}
