// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Function;
import org.xenledger.domain.HostIdentity;
import org.xenledger.domain.Incarnation;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.template.LosslessJson;

/**
 * How the values of the domain stand in JSON: identities as their texts, moments in ISO-8601, configuration trees
 * unchanged to the form of their numbers. What is null is left out, so that a JSON null inside a tree stays one. All but
 * ASCII is escaped: half a surrogate pair, which a JSON text can hold, has no UTF-8.
 */
final class DomainJson extends SimpleModule {
    private static final long serialVersionUID = 1L;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new DomainJson())
            .defaultPropertyInclusion(JsonInclude.Value.ALL_NON_NULL)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private DomainJson() {
        super("domain");
        text(StreamId.class, StreamId::new);
        text(DeviceKey.class, DeviceKey::parse);
        text(Instant.class, Times::parse);
        addDeserializer(JsonNode.class, new Tree<>(JsonNode.class, NullNode.getInstance()));
        addDeserializer(ObjectNode.class, new Tree<>(ObjectNode.class, null));
        addKeySerializer(DeviceKey.class, new KeyWriter<>(DeviceKey::toString));
        addKeyDeserializer(DeviceKey.class, new KeyReader(DeviceKey::parse));
        addKeySerializer(Incarnation.class, new KeyWriter<>(DomainJson::keyOf));
        addKeyDeserializer(Incarnation.class, new KeyReader(DomainJson::incarnationOf));
    }

    /** One for all, so that what it finds out about a type it finds out once. */
    static JsonMapper mapper() {
        return MAPPER;
    }

    private <T> void text(Class<T> type, Function<String, T> parse) {
        addSerializer(type, new ToStringSerializer(type));
        addDeserializer(type, new Text<>(type, parse));
    }

    /** The four parts as a JSON array: any of them may hold any character. */
    private static String keyOf(Incarnation life) {
        return JsonNodeFactory.instance
                .arrayNode()
                .add(life.host().host())
                .add(life.host().bootId())
                .add(life.domid())
                .add(life.startTime())
                .toString();
    }

    private static Incarnation incarnationOf(String key) {
        JsonNode parts = LosslessJson.parse(key);
        HostIdentity host =
                new HostIdentity(parts.get(0).textValue(), parts.get(1).textValue());
        return new Incarnation(host, parts.get(2).intValue(), parts.get(3).textValue());
    }

    private static final class Text<T> extends StdDeserializer<T> {
        private static final long serialVersionUID = 1L;
        private final transient Function<String, T> parse;

        Text(Class<T> type, Function<String, T> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return parse.apply(parser.getText());
        }
    }

    private static final class Tree<T extends JsonNode> extends StdDeserializer<T> {
        private static final long serialVersionUID = 1L;
        private final transient Class<T> type;
        private final transient T ofNull;

        Tree(Class<T> type, T ofNull) {
            super(type);
            this.type = type;
            this.ofNull = ofNull;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return type.cast(LosslessJson.read(parser));
        }

        @Override
        public T getNullValue(DeserializationContext context) {
            return ofNull;
        }

        @Override
        public Object getAbsentValue(DeserializationContext context) {
            return null;
        }
    }

    private static final class KeyWriter<K> extends JsonSerializer<K> {
        private final Function<K, String> text;

        KeyWriter(Function<K, String> text) {
            this.text = text;
        }

        @Override
        public void serialize(K key, JsonGenerator generator, SerializerProvider provider) throws IOException {
            generator.writeFieldName(text.apply(key));
        }
    }

    private static final class KeyReader extends KeyDeserializer {
        private final Function<String, ?> parse;

        KeyReader(Function<String, ?> parse) {
            this.parse = parse;
        }

        @Override
        public Object deserializeKey(String key, DeserializationContext context) {
            return parse.apply(key);
        }
    }
}
