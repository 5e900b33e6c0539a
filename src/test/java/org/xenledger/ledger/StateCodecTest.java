// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.xenledger.domain.AnyEvents;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.domain.state.DomainState;
import org.xenledger.domain.state.Evolution;

class StateCodecTest {
    private static final StreamId STREAM = StreamId.ofHost("xen1");

    private final StateCodec codec = new StateCodec();

    @Property(tries = 200)
    void aStateComesBackAsItWas(@ForAll("histories") List<DomainEvent> history) {
        DomainState state = fold(DomainState.unknown(STREAM), history);
        assertThat(codec.decode(codec.encode(state))).contains(state);
    }

    @Property(tries = 50)
    void aHistorySplitAnywhereFoldsToTheSameState(@ForAll("histories") List<DomainEvent> history) {
        DomainState whole = fold(DomainState.unknown(STREAM), history);
        DomainState before = DomainState.unknown(STREAM);
        for (int split = 0; split < history.size(); split++) {
            before = Evolution.evolve(before, history.get(split));
            DomainState resumed = codec.decode(codec.encode(before)).orElseThrow();
            assertThat(fold(resumed, history.subList(split + 1, history.size())))
                    .isEqualTo(whole);
        }
    }

    private static DomainState fold(DomainState state, List<DomainEvent> events) {
        for (DomainEvent event : events) {
            state = Evolution.evolve(state, event);
        }
        return state;
    }

    @Example
    void aStateOfAnotherFormatCountsAsNotThere() {
        byte[] bytes = codec.encode(DomainState.unknown(STREAM));
        bytes[0]++;
        assertThat(codec.decode(bytes)).isEmpty();
        assertThat(codec.decode(new byte[0])).isEmpty();
    }

    @Example
    void aDamagedStateCountsAsNotThere() {
        byte[] bytes = codec.encode(DomainState.unknown(STREAM));
        bytes[bytes.length / 2]++;
        assertThat(codec.decode(bytes)).isEmpty();
    }

    @Provide
    Arbitrary<List<DomainEvent>> histories() {
        return AnyEvents.histories();
    }
}
