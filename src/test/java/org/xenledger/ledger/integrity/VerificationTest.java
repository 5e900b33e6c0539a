// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.xenledger.domain.AnyEvents;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.ledger.Ledgers;
import org.xenledger.ledger.Progress;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.StoreLocation;

class VerificationTest {
    @Property(tries = 40)
    void whatTheLedgerWritesIsValid(@ForAll("histories") List<List<DomainEvent>> histories) throws Exception {
        StoreLocation location = Ledgers.inMemory();
        Samples.write(location, histories);
        try (Store store = Ledgers.open(location)) {
            Verified verified = Verification.of(store, Progress.NONE);
            assertThat(verified.broken()).isEmpty();
            assertThat(verified.events())
                    .isEqualTo(histories.stream().mapToInt(List::size).sum());
            assertThat(Verification.ofLast(store, 3, Progress.NONE)).isEqualTo(verified);
        }
    }

    @Provide
    Arbitrary<List<List<DomainEvent>>> histories() {
        return AnyEvents.histories(12).list().ofMaxSize(4);
    }

    @Example
    void everyKindOfEventIsValidWhateverIsInIt() {
        List<DomainEvent> all = new ArrayList<>();
        for (int seed = 0; seed < 4; seed++) {
            for (Class<? extends DomainEvent> kind : DomainEvent.kinds()) {
                all.add(AnyEvents.ofKind(kind, seed));
            }
        }
        StoreLocation location = Ledgers.inMemory();
        Samples.write(location, List.of(all));
        try (Store store = Ledgers.open(location)) {
            assertThat(Verification.of(store, Progress.NONE).broken()).isEmpty();
        }
    }

    @Example
    void progressIsToldUpToTheEnd() {
        StoreLocation location = Samples.write(Ledgers.inMemory(), 3, 100);
        List<String> told = new ArrayList<>();
        try (Store store = Ledgers.open(location)) {
            Verification.of(store, (done, total) -> told.add(done + "/" + total));
        }
        assertThat(told).containsExactly("100/300", "200/300", "300/300");
    }

    @Example
    void streamsThatAreNotRememberedAreLookedUp() throws Exception {
        StoreLocation location = Samples.write(Ledgers.inMemory(), 4200, 3);
        try (Store store = Ledgers.open(location)) {
            assertThat(Verification.of(store, Progress.NONE).broken()).isEmpty();
        }
        Samples.tamper(location, "UPDATE event SET event_id = 'other' WHERE global_index = 1");
        try (Store store = Ledgers.open(location)) {
            assertThat(Verification.of(store, Progress.NONE)
                            .broken()
                            .orElseThrow()
                            .position())
                    .isEqualTo(1);
            assertThat(Verification.ofLast(store, 4200, Progress.NONE).broken()).isEmpty();
        }
    }

    @Example
    void eventsThatAreNotSealedYetAreNoError() throws Exception {
        StoreLocation location = Samples.write(Ledgers.inMemory(), 1, 6);
        Samples.tamper(location, "DELETE FROM seal WHERE number = 3");
        try (Store store = Ledgers.open(location)) {
            Verified verified = Verification.of(store, Progress.NONE);
            assertThat(verified.valid()).isTrue();
            assertThat(verified.unsealed()).isEqualTo(2);
            assertThat(verified.lastValid().position()).isEqualTo(6);
            assertThat(verified.sealed().position()).isEqualTo(4);
        }
    }
}
