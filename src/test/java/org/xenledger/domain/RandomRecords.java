// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.device.DeviceKind;
import org.xenledger.domain.template.LosslessJson;

/** Fills records with anything that their types allow, and leaves out what may be left out. */
final class RandomRecords {
    private static final List<String> NUMBERS =
            List.of("0", "-1", "4294967296", "1.50", "1e3", "-0", "12345678901234567890");
    private static final List<String> TEXTS = List.of(
            "", "xvda", "a/b~c", "\"\\\n\u0000\u001b[31m", "Gru\u00df \ud83d\ude00 \u4f60", "null", "{\"x\":1}");

    private final Random random;

    RandomRecords(Random random) {
        this.random = random;
    }

    <R> R make(Class<R> record) {
        try {
            RecordComponent[] components = record.getRecordComponents();
            Class<?>[] types =
                    Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Object[] values = Stream.of(components)
                    .map(component -> value(component.getGenericType()))
                    .toArray();
            var constructor = record.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(record + " cannot be made", e);
        }
    }

    Instant instant() {
        return Instant.ofEpochSecond(random.nextInt(), random.nextBoolean() ? 0 : random.nextInt(1_000_000_000));
    }

    ObjectNode object() {
        return (ObjectNode) LosslessJson.parse(objectText(0));
    }

    String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private Object value(Type type) {
        if (type instanceof ParameterizedType parameterized) {
            return container(parameterized);
        }
        Class<?> plain = (Class<?>) type;
        if (plain == String.class) {
            return text();
        } else if (plain == boolean.class) {
            return random.nextBoolean();
        } else if (plain == int.class) {
            return random.nextInt();
        } else if (plain == long.class) {
            return random.nextLong();
        } else if (plain == Long.class) {
            return random.nextBoolean() ? null : random.nextLong();
        } else if (plain == Instant.class) {
            return instant();
        } else if (plain == ObjectNode.class) {
            return random.nextInt(4) == 0 ? null : object();
        } else if (plain == JsonNode.class) {
            return random.nextInt(4) == 0 ? null : LosslessJson.parse(valueText(0));
        } else if (plain == DeviceKey.class) {
            return new DeviceKey(oneOf(DeviceKind.values()), random.nextInt(70000));
        } else if (plain.isEnum()) {
            return oneOf(plain.getEnumConstants());
        }
        return make(plain);
    }

    private <T> T oneOf(T[] values) {
        return List.of(values).get(random.nextInt(values.length));
    }

    private Object container(ParameterizedType type) {
        if (type.getRawType() == Map.class) {
            Map<String, String> map = new TreeMap<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                map.put(text(), text());
            }
            return map;
        }
        Type item = type.getActualTypeArguments()[0];
        if (item == Integer.class && random.nextInt(3) == 0) {
            return null;
        }
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(item == Integer.class ? Integer.valueOf(random.nextInt(128)) : value(item));
        }
        return list;
    }

    private String objectText(int depth) {
        StringBuilder json = new StringBuilder("{");
        for (int i = random.nextInt(5); i > 0; i--) {
            json.append(json.length() == 1 ? "" : ",").append("\"k").append(i).append("\":");
            json.append(valueText(depth + 1));
        }
        return json.append('}').toString();
    }

    private String valueText(int depth) {
        return switch (random.nextInt(depth > 3 ? 4 : 6)) {
            case 0 -> NUMBERS.get(random.nextInt(NUMBERS.size()));
            case 1 -> random.nextBoolean() ? "\"vif \\u00e9\\n\"" : "\"\"";
            case 2 -> "null";
            case 3 -> Boolean.toString(random.nextBoolean());
            case 4 -> objectText(depth);
            default -> "[" + valueText(depth + 1) + "," + valueText(depth + 1) + "]";
        };
    }
}
