// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class ReasonTest {
    @Test
    void itIsWhatTheInnermostCauseSays() {
        Throwable h2 = new IllegalStateException("Writing failed [2.5/2]", new IOException("No space left on device"));
        assertThat(Reason.of(new SQLException("General error: \"Writing failed\"", h2)))
                .isEqualTo("No space left on device");
    }

    @Test
    void itHasOneLineAndNoSql() {
        Store store = Ledgers.open(Ledgers.inMemory());
        Throwable unknown = catchThrowable(() -> Ledgers.execute(store, "SELECT 1 FROM nowhere"));
        store.close();
        assertThat(unknown).hasMessageContaining("\n");
        assertThat(Reason.of(unknown)).isEqualTo("Table \"NOWHERE\" not found");
    }

    @Test
    void aCauseWithoutAMessageIsNamed() {
        assertThat(Reason.of(new InterruptedException())).isEqualTo("InterruptedException");
    }

    @Test
    void causesThatCauseEachOtherEnd() {
        Exception one = new Exception("one");
        Exception two = new Exception("two", one);
        one.initCause(two);
        assertThat(Reason.of(one)).isIn("one", "two");
    }
}
