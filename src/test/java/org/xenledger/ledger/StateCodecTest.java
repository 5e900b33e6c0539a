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
    private final StateCodec codec = new StateCodec();

    @Property(tries = 200)
    void aStateComesBackAsItWas(@ForAll("histories") List<DomainEvent> history) {
        DomainState state = DomainState.unknown(StreamId.ofHost("xen1"));
        for (DomainEvent event : history) {
            state = Evolution.evolve(state, event);
        }
        assertThat(codec.decode(codec.encode(state))).contains(state);
    }

    @Example
    void aStateOfAnotherFormatCountsAsNotThere() {
        byte[] bytes = codec.encode(DomainState.unknown(StreamId.ofHost("xen1")));
        bytes[0]++;
        assertThat(codec.decode(bytes)).isEmpty();
        assertThat(codec.decode(new byte[0])).isEmpty();
    }

    @Example
    void aDamagedStateCountsAsNotThere() {
        byte[] bytes = codec.encode(DomainState.unknown(StreamId.ofHost("xen1")));
        bytes[bytes.length / 2]++;
        assertThat(codec.decode(bytes)).isEmpty();
    }

    @Provide
    Arbitrary<List<DomainEvent>> histories() {
        return AnyEvents.histories();
    }
}
