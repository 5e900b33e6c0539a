// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain;

import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.xenledger.domain.event.DomainEvent;

/** Events to test with: single ones of every kind and of any content, and whole histories that could have happened. */
public final class AnyEvents {
    private AnyEvents() {}

    /** Numbers to make events from. */
    public static Arbitrary<Long> seeds() {
        return Arbitraries.longs();
    }

    /** An event of one kind, filled with anything; what its parts say need not fit together. */
    public static DomainEvent ofKind(Class<? extends DomainEvent> kind, long seed) {
        return new RandomRecords(new Random(seed)).make(kind);
    }

    /** Histories of one domain that the fold accepts; each shrinks by losing events. */
    public static Arbitrary<List<DomainEvent>> histories() {
        return histories(60);
    }

    /** Histories of at most {@code length} events. */
    public static Arbitrary<List<DomainEvent>> histories(int length) {
        return Arbitraries.longs().list().ofMaxSize(length).map(AnyEvents::history);
    }

    /** One history of exactly {@code length} events, always the same for the same seed. */
    public static List<DomainEvent> history(long seed, int length) {
        return history(new Random(seed).longs(length).boxed().toList());
    }

    private static List<DomainEvent> history(List<Long> seeds) {
        RandomHistory history = new RandomHistory();
        seeds.forEach(seed -> history.step(new Random(seed)));
        return history.events();
    }
}
