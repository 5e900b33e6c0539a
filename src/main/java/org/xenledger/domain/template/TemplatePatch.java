// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.template;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Applies edits to a tree; the tree given is left as it is. */
public final class TemplatePatch {
    private TemplatePatch() {}

    /**
     * The tree after the edits.
     *
     * @throws IllegalStateException when an edit does not fit the tree: the history is not this configuration's
     */
    public static ObjectNode apply(ObjectNode tree, List<TemplateEdit> edits) {
        ObjectNode result = tree.deepCopy();
        for (TemplateEdit edit : edits) {
            if (edit.path().isEmpty()) {
                result = (ObjectNode) edit.after().deepCopy();
            } else {
                apply(result, edit);
            }
        }
        return result;
    }

    private static void apply(ObjectNode root, TemplateEdit edit) {
        JsonPointer place = JsonPointer.compile(edit.path());
        JsonNode parent = root.at(place.head());
        if (!edit.equals(expected(edit, root.at(place)))) {
            throw new IllegalStateException("the edit of " + edit.path() + " does not fit what stands there");
        }
        JsonPointer last = place.last();
        if (parent instanceof ArrayNode array) {
            applyTo(array, last.getMatchingIndex(), edit);
        } else {
            applyTo((ObjectNode) parent, last.getMatchingProperty(), edit);
        }
    }

    /** The same edit, had it been made from what stands in the tree now. */
    private static TemplateEdit expected(TemplateEdit edit, JsonNode present) {
        JsonNode before = edit.op() == TemplateEdit.Op.INSERT ? null : present;
        return new TemplateEdit(edit.op(), edit.path(), edit.position(), before, edit.after());
    }

    private static void applyTo(ArrayNode array, int index, TemplateEdit edit) {
        switch (edit.op()) {
            case INSERT -> array.insert(index, edit.after().deepCopy());
            case REMOVE -> array.remove(index);
            case REPLACE -> array.set(index, edit.after().<JsonNode>deepCopy());
        }
    }

    private static void applyTo(ObjectNode object, String key, TemplateEdit edit) {
        switch (edit.op()) {
            case INSERT -> insert(object, key, edit.position(), edit.after().deepCopy());
            case REMOVE -> object.remove(key);
            case REPLACE -> object.replace(key, edit.after().deepCopy());
        }
    }

    /** Jackson appends a new key; to put it elsewhere, the object is filled again in the right order. */
    private static void insert(ObjectNode object, String key, int position, JsonNode value) {
        Map<String, JsonNode> ordered = new LinkedHashMap<>();
        Iterator<Map.Entry<String, JsonNode>> fields = object.properties().iterator();
        int index = 0;
        while (fields.hasNext()) {
            Map.Entry<String, JsonNode> field = fields.next();
            if (index++ == position) {
                ordered.put(key, value);
            }
            ordered.put(field.getKey(), field.getValue());
        }
        ordered.putIfAbsent(key, value);
        object.removeAll();
        object.setAll(ordered);
    }
}
