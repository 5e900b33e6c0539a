// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.domain.event.Revision;

/**
 * Events as bytes and back. The name of a record is the name of its event for ever; an event that was written in an older
 * revision is led through the upcasters, one revision at a time, before it becomes an object.
 */
public final class EventCodec {
    /** What an upcaster starts from: events of this kind in this revision; it returns them in the next one. */
    public record Shape(String kind, int revision) {}

    private record Kind(Class<? extends DomainEvent> type, int revision) {}

    private static final JsonMapper MAPPER = DomainJson.mapper();

    private final Map<String, Kind> byName = new HashMap<>();
    private final Map<Class<? extends DomainEvent>, Kind> byType = new HashMap<>();
    private final Map<Shape, UnaryOperator<ObjectNode>> upcasters;
    private final ObjectReader trees;
    /** Made when first asked for: making all of them takes longer than most commands. */
    private final Map<Class<?>, ObjectReader> readers = new ConcurrentHashMap<>();

    /** The codec of this version: every event is still in its first revision. */
    public EventCodec() {
        this(Map.of());
    }

    public EventCodec(Map<Shape, UnaryOperator<ObjectNode>> upcasters) {
        this.upcasters = Map.copyOf(upcasters);
        this.trees = MAPPER.readerFor(ObjectNode.class);
        for (Class<? extends DomainEvent> type : DomainEvent.kinds()) {
            Revision revision = type.getAnnotation(Revision.class);
            int number = revision == null ? 1 : revision.value();
            Kind kind = new Kind(type, number);
            byName.put(type.getSimpleName(), kind);
            byType.put(type, kind);
        }
    }

    public String kindOf(DomainEvent event) {
        return event.getClass().getSimpleName();
    }

    /** The revision in which events like this one are written now. */
    public int revisionOf(DomainEvent event) {
        return byType.get(event.getClass()).revision();
    }

    public Class<? extends DomainEvent> typeOf(String kind) {
        return named(kind).type();
    }

    public byte[] encode(DomainEvent event) {
        try {
            return MAPPER.writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new LedgerException("a " + kindOf(event) + " cannot be written: " + e.getOriginalMessage(), e);
        }
    }

    /** What an event says, as a tree: all that {@link #encode} keeps of it. */
    public ObjectNode tree(DomainEvent event) {
        try {
            return trees.readValue(encode(event));
        } catch (IOException e) {
            throw new LedgerException("a " + kindOf(event) + " cannot be read: " + e.getMessage(), e);
        }
    }

    public DomainEvent decode(EventTable.Payload row) {
        return decode(row.kind(), row.revision(), row.payload());
    }

    public DomainEvent decode(String kind, int revision, byte[] payload) {
        Kind known = named(kind);
        if (revision > known.revision()) {
            throw new LedgerException("a " + kind + " of revision " + revision
                    + " was written by a newer Xenledger; this one knows revision " + known.revision());
        }
        ObjectReader reader = readers.computeIfAbsent(known.type(), MAPPER::readerFor);
        try {
            return revision == known.revision()
                    ? reader.readValue(payload)
                    : reader.readValue(upcast(kind, revision, known.revision(), payload));
        } catch (IOException e) {
            throw new LedgerException("a " + kind + " in the ledger cannot be read: its payload is damaged", e);
        }
    }

    private byte[] upcast(String kind, int from, int to, byte[] payload) throws IOException {
        ObjectNode tree = trees.readValue(payload);
        for (int revision = from; revision < to; revision++) {
            UnaryOperator<ObjectNode> upcaster = upcasters.get(new Shape(kind, revision));
            if (upcaster == null) {
                throw new LedgerException("a " + kind + " of revision " + revision + " has no upcaster");
            }
            tree = upcaster.apply(tree);
        }
        return tree.toString().getBytes(UTF_8);
    }

    private Kind named(String kind) {
        Kind known = byName.get(kind);
        if (known == null) {
            throw new LedgerException("the ledger holds a " + kind + ", written by a newer Xenledger");
        }
        return known;
    }
}
