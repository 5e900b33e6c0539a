// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.ledger.Ledgers;
import org.xenledger.ledger.NewEvent;
import org.xenledger.ledger.OpenLedger;

class ReadAheadTest {
    private static final List<NewEvent> EVENTS = Histories.interleaved(7, 5, 300);
    private static final int PAGE = 7;

    /** From less than one event to more than all of them. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5000, 1 << 20})
    void howeverLittleMayWaitAllEventsComeInTheirOrder(int mostBytes) {
        try (OpenLedger ledger = new OpenLedger(Ledgers.open(Ledgers.inMemory()), Ledgers.CLOCK)) {
            Histories.append(ledger, EVENTS);
            List<DomainEvent> read = new ArrayList<>();
            try (ReadAhead ahead = new ReadAhead(ledger, 100, EVENTS.size(), PAGE, mostBytes)) {
                while (read.size() < EVENTS.size() - 100) {
                    ahead.next().forEach(placed -> {
                        read.add(placed.event());
                        assertThat(placed.position()).isEqualTo(100 + read.size());
                    });
                }
            }
            assertThat(read)
                    .isEqualTo(EVENTS.subList(100, EVENTS.size()).stream()
                            .map(NewEvent::event)
                            .toList());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1 << 20})
    void nothingReadsOnWhenItIsClosedBeforeItsEnd(int mostBytes) {
        try (OpenLedger ledger = new OpenLedger(Ledgers.open(Ledgers.inMemory()), Ledgers.CLOCK)) {
            Histories.append(ledger, EVENTS);
            ReadAhead ahead = new ReadAhead(ledger, 0, EVENTS.size(), PAGE, mostBytes);
            assertThat(ahead.next()).hasSize(PAGE);
            ahead.close();
        }
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals(ReadAhead.THREAD)));
    }
}
