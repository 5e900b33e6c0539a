// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.xenledger.domain.AnyEvents;
import org.xenledger.domain.HostIdentity;
import org.xenledger.domain.Incarnation;
import org.xenledger.domain.Provenance;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.domain.event.LifecycleEvent.DomainRenamed;
import org.xenledger.domain.event.LifecycleEvent.TemplateFound;
import org.xenledger.domain.template.LosslessJson;

class EventCodecTest {
    private static final Provenance BY = new Provenance(
            "root", new HostIdentity("xen1", "boot"), "test", Instant.parse("2026-03-01T10:00:00.000000001Z"));
    private static final Incarnation LIFE = new Incarnation(BY.host(), 5, "1740000000.12");
    private static final DomainRenamed RENAMED = new DomainRenamed(BY, LIFE, "old", "new");

    private final EventCodec codec = new EventCodec();

    @Property(tries = 200)
    void everyKindOfEventComesBackAsItWas(@ForAll("seeds") long seed) {
        for (Class<? extends DomainEvent> kind : DomainEvent.kinds()) {
            DomainEvent event = AnyEvents.ofKind(kind, seed);
            DomainEvent back = codec.decode(codec.kindOf(event), codec.revisionOf(event), codec.encode(event));
            assertThat(back).isEqualTo(event);
            assertThat(codec.encode(back)).isEqualTo(codec.encode(event));
        }
    }

    @Provide
    Arbitrary<Long> seeds() {
        return AnyEvents.seeds();
    }

    @Example
    void theTextOfAnEventIsFixed() {
        assertThat(new String(codec.encode(RENAMED), UTF_8))
                .isEqualTo(
                        "{\"by\":{\"actor\":\"root\",\"host\":{\"host\":\"xen1\",\"bootId\":\"boot\"},\"cause\":\"test\","
                                + "\"at\":\"2026-03-01T10:00:00.000000001Z\"},\"incarnation\":{\"host\":{\"host\":\"xen1\","
                                + "\"bootId\":\"boot\"},\"domid\":5,\"startTime\":\"1740000000.12\"},\"from\":\"old\",\"to\":\"new\"}");
    }

    @Example
    void aConfigurationKeepsItsKeysTheirOrderAndTheFormOfItsNumbers() {
        String text = "{\"z\":1.50,\"a\":1e3,\"n\":null,\"big\":12345678901234567890,\"half\":\"\\uD800\"}";
        TemplateFound event = new TemplateFound(BY, LIFE, (ObjectNode) LosslessJson.parse(text));
        byte[] bytes = codec.encode(event);
        assertThat(new String(bytes, UTF_8)).contains(text);
        assertThat(codec.decode("TemplateFound", 1, bytes)).isEqualTo(event);
    }

    @Example
    void anOlderRevisionIsUpcast() {
        EventCodec upcasting = new EventCodec(Map.of(new EventCodec.Shape("DomainRenamed", 0), old -> {
            old.set("to", old.remove("name"));
            return old;
        }));
        byte[] old = new String(codec.encode(RENAMED), UTF_8)
                .replace("\"to\"", "\"name\"")
                .getBytes(UTF_8);
        assertThat(upcasting.decode("DomainRenamed", 0, old)).isEqualTo(RENAMED);
        assertThatThrownBy(() -> codec.decode("DomainRenamed", 0, old)).hasMessageContaining("no upcaster");
    }

    @Example
    void aNewerRevisionOrKindIsRefused() {
        byte[] bytes = codec.encode(RENAMED);
        assertThatThrownBy(() -> codec.decode("DomainRenamed", 2, bytes))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("written by a newer Xenledger");
        assertThatThrownBy(() -> codec.decode("DomainTeleported", 1, bytes))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("written by a newer Xenledger");
    }

    @Example
    void theNamesOfEventsAreTold() {
        assertThat(DomainEvent.kinds().stream().map(Class::getSimpleName)).doesNotHaveDuplicates();
        assertThat(List.of(codec.kindOf(RENAMED), codec.typeOf("DomainRenamed").getSimpleName()))
                .containsOnly("DomainRenamed");
    }
}
