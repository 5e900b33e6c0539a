// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenledger.domain.AnyEvents;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.event.DomainEvent;

class LedgerReaderTest {
    private static final StreamId STREAM = Ledgers.stream(1);
    private static final List<DomainEvent> HISTORY = AnyEvents.history(7, 400);

    @Test
    void aReaderSeesWholeStatesWhileAWriterAppends() throws Exception {
        try (OpenLedger ledger = new OpenLedger(Ledgers.open(Ledgers.inMemory()), Ledgers.CLOCK)) {
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> append(ledger));
            long last = 0;
            while (last < HISTORY.size()) {
                var state = ledger.reader().state(STREAM);
                assertThat(state.version()).isGreaterThanOrEqualTo(last);
                assertThat(state).isEqualTo(Ledgers.fold(STREAM, HISTORY.subList(0, (int) state.version())));
                last = state.version();
            }
            writer.get();
        }
    }

    @Test
    void readingStartsNoEngineAndNoMigration(@TempDir Path temp) throws Exception {
        StoreLocation location = StoreLocation.ofDirectory(temp.resolve("store"));
        try (OpenLedger ledger = new OpenLedger(Ledgers.open(location), Ledgers.CLOCK)) {
            append(ledger);
        }
        try (Child child = Child.start(List.of("-Xlog:class+load"), ReadOnce.class, location.toString())) {
            List<String> loaded = child.lines();
            assertThat(loaded).contains("version 400").anyMatch(line -> line.contains(LedgerReader.class.getName()));
            assertThat(loaded).noneMatch(line -> line.contains("org.axonframework"));
            assertThat(loaded).noneMatch(line -> line.contains("org.flywaydb"));
        }
    }

    private static void append(OpenLedger ledger) {
        for (int i = 0; i < HISTORY.size(); i++) {
            LedgerTransaction transaction = ledger.transactions().begin();
            try {
                transaction.append(
                        List.of(new NewEvent(STREAM, i, UUID.randomUUID().toString(), HISTORY.get(i), null)));
                transaction.commit();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            } finally {
                transaction.rollback();
            }
        }
    }
}
