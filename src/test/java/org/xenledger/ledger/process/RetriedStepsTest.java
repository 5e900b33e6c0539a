// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.xenledger.domain.operation.Effect;
import org.xenledger.domain.state.OperationState;
import org.xenledger.domain.state.OperationState.Outcome;

/** Steps that end openly, and are tried again by the same process. */
class RetriedStepsTest extends OperationsOfOneGuest {
    /** The connection is lost on the commit: what was written is ours, though the second try fails for good. */
    @Test
    void whatTheFirstTryMayHaveWrittenIsTakenBackWhenTheSecondFails() throws Exception {
        world.stumbleThenFail(Effect.WRITE_ENTRIES, "libxl's lock is held");
        OperationState end = end(plug("op-1"));
        assertThat(end.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(world.done)
                .startsWith("WRITE_ENTRIES", "WRITE_ENTRIES", "CLOSE_BACKEND")
                .endsWith("REMOVE_ENTRIES");
    }

    @Test
    void whereXenstoredStaysAwayTheWritingEndsAtItsDeadline() throws Exception {
        world.away = true;
        deadline = Instant.now().minusSeconds(1);
        OperationState end = end(plug("op-1"));
        assertThat(end.outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(end.reason()).contains("cannot be seen");
        assertThat(world.done).containsExactly("WRITE_ENTRIES");
    }
}
