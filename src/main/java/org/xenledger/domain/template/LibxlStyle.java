// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.template;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Map;

/**
 * Writes JSON in the very layout of libxl with yajl: four spaces, one item a line, an empty line inside what is empty.
 * So our {@code show} and {@code xl list -l} compare byte by byte.
 */
public final class LibxlStyle {
    private static final String INDENT = "    ";

    private LibxlStyle() {}

    /** The text of a value, without a newline at its end. */
    public static String print(JsonNode value) {
        StringBuilder out = new StringBuilder(2048);
        write(value, 0, out);
        return out.toString();
    }

    private static void write(JsonNode value, int depth, StringBuilder out) {
        if (value.isObject()) {
            writeObject(value, depth, out);
        } else if (value.isArray()) {
            writeArray(value, depth, out);
        } else if (value.isTextual()) {
            quote(value.textValue(), out);
        } else {
            out.append(value.asText());
        }
    }

    private static void writeObject(JsonNode object, int depth, StringBuilder out) {
        out.append("{\n");
        Iterator<Map.Entry<String, JsonNode>> fields = object.properties().iterator();
        while (fields.hasNext()) {
            Map.Entry<String, JsonNode> field = fields.next();
            out.append(INDENT.repeat(depth + 1));
            quote(field.getKey(), out);
            out.append(": ");
            write(field.getValue(), depth + 1, out);
            out.append(fields.hasNext() ? ",\n" : "");
        }
        out.append('\n').append(INDENT.repeat(depth)).append('}');
    }

    private static void writeArray(JsonNode array, int depth, StringBuilder out) {
        out.append("[\n");
        Iterator<JsonNode> items = array.elements();
        while (items.hasNext()) {
            out.append(INDENT.repeat(depth + 1));
            write(items.next(), depth + 1, out);
            out.append(items.hasNext() ? ",\n" : "");
        }
        out.append('\n').append(INDENT.repeat(depth)).append(']');
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, out);
        out.append('"');
    }
}
