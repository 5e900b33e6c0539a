// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Makes random JSON: texts, trees, and trees that are a few changes away from another. */
final class Trees {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int WIDTH = 5;
    private static final int LEVELS = 3;

    private Trees() {}

    static ObjectNode object(String text) {
        return (ObjectNode) LosslessJson.parse(text);
    }

    static Arbitrary<String> numbers() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "0",
                        "-0",
                        "1.50",
                        "1e3",
                        "1E+400",
                        "1e-400",
                        "-0.0",
                        "0.10",
                        "2147483648",
                        "-2147483649",
                        "4294967295",
                        "999999999999999999",
                        "-999999999999999999",
                        "1000000000000000000",
                        "9223372036854775807",
                        "9223372036854775808",
                        "-9223372036854775808",
                        "18446744073709551615",
                        "123456789012345678901234567890"),
                Arbitraries.longs().map(n -> Long.toString(n)),
                Arbitraries.integers().map(n -> Integer.toString(n)),
                Arbitraries.bigIntegers().map(Object::toString));
    }

    static Arbitrary<String> strings() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "",
                        "a/b",
                        "a~b",
                        "~0",
                        "~1",
                        "~01",
                        "0",
                        "-",
                        "01",
                        " ",
                        "\"",
                        "\\",
                        "\b\f\n\r\t",
                        "\u0000\u001f",
                        "\u007f\u0085\u2028",
                        "\u00fc\u00df\u20ac",
                        "\ud83d\ude00",
                        "\ud800",
                        "\udc00x",
                        "null",
                        "vdev"),
                Arbitraries.strings().alpha().ofMaxLength(4),
                Arbitraries.strings().ofMaxLength(8));
    }

    static Arbitrary<JsonNode> scalars() {
        return Arbitraries.oneOf(
                numbers().map(LosslessJson::parse),
                strings().map(NODES::textNode),
                Arbitraries.of(NODES.booleanNode(true), NODES.booleanNode(false), NODES.nullNode()));
    }

    static Arbitrary<JsonNode> trees() {
        return trees(LEVELS);
    }

    static Arbitrary<ObjectNode> objects() {
        return objects(trees(LEVELS - 1));
    }

    private static Arbitrary<JsonNode> trees(int levels) {
        if (levels == 0) {
            return scalars();
        }
        Arbitrary<JsonNode> below = trees(levels - 1);
        return Arbitraries.frequencyOf(
                Tuple.of(2, scalars()),
                Tuple.of(2, objects(below).map(JsonNode.class::cast)),
                Tuple.of(
                        2,
                        below.list()
                                .ofMaxSize(WIDTH)
                                .map(items -> NODES.arrayNode().addAll(items))));
    }

    private static Arbitrary<ObjectNode> objects(Arbitrary<JsonNode> values) {
        return Combinators.combine(
                        strings().list().uniqueElements().ofMaxSize(WIDTH),
                        values.list().ofSize(WIDTH))
                .as((keys, items) -> {
                    ObjectNode object = NODES.objectNode();
                    for (int i = 0; i < keys.size(); i++) {
                        object.set(keys.get(i), items.get(i));
                    }
                    return object;
                });
    }

    /** A tree a few random changes away: keys and items inserted, removed, moved and replaced, on every level. */
    static ObjectNode mutated(ObjectNode tree, JsonNode fresh, long seed) {
        Random random = new Random(seed);
        ObjectNode result = tree;
        for (int changes = random.nextInt(5); changes >= 0; changes--) {
            result = (ObjectNode) mutate(result, fresh, random);
        }
        return result;
    }

    private static JsonNode mutate(JsonNode node, JsonNode fresh, Random random) {
        if (node instanceof ObjectNode object) {
            return mutateObject(object, fresh, random);
        }
        return node instanceof ArrayNode array ? mutateArray(array, fresh, random) : fresh;
    }

    private static ObjectNode mutateObject(ObjectNode object, JsonNode fresh, Random random) {
        List<Map.Entry<String, JsonNode>> fields = new ArrayList<>();
        object.properties().forEach(field -> fields.add(Map.entry(field.getKey(), field.getValue())));
        int at = random.nextInt(fields.size() + 1);
        String newKey = List.of("new", "a/b", "m~n", "0", "", "~1").get(random.nextInt(6));
        if (at == fields.size() || random.nextInt(4) == 0) {
            fields.removeIf(field -> field.getKey().equals(newKey));
            fields.add(Math.min(at, fields.size()), Map.entry(newKey, fresh));
        } else if (random.nextInt(3) == 0) {
            fields.remove(at);
        } else if (random.nextInt(3) == 0) {
            Collections.swap(fields, at, random.nextInt(fields.size()));
        } else {
            Map.Entry<String, JsonNode> field = fields.get(at);
            fields.set(at, Map.entry(field.getKey(), mutate(field.getValue(), fresh, random)));
        }
        ObjectNode result = NODES.objectNode();
        fields.forEach(field -> result.set(field.getKey(), field.getValue()));
        return result;
    }

    private static ArrayNode mutateArray(ArrayNode array, JsonNode fresh, Random random) {
        List<JsonNode> items = new ArrayList<>();
        array.forEach(items::add);
        int at = random.nextInt(items.size() + 1);
        if (at == items.size() || random.nextInt(4) == 0) {
            items.add(at, fresh);
        } else if (random.nextInt(3) == 0) {
            items.remove(at);
        } else if (random.nextInt(3) == 0) {
            Collections.swap(items, at, random.nextInt(items.size()));
        } else {
            items.set(at, mutate(items.get(at), fresh, random));
        }
        return NODES.arrayNode().addAll(items);
    }
}
