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
            result = apply(result, edit);
        }
        return result;
    }

    private static ObjectNode apply(ObjectNode root, TemplateEdit edit) {
        if (edit.path().isEmpty()) {
            require(edit.op() == TemplateEdit.Op.REPLACE && root.equals(edit.before()), edit);
            require(edit.after() instanceof ObjectNode, edit);
            return edit.after().deepCopy();
        }
        require(edit.path().startsWith("/"), edit);
        JsonPointer place = JsonPointer.compile(edit.path());
        require(edit.op() == TemplateEdit.Op.INSERT || root.at(place).equals(edit.before()), edit);
        JsonNode parent = root.at(place.head());
        if (parent instanceof ArrayNode array) {
            applyTo(array, place.last().getMatchingIndex(), edit);
        } else {
            require(parent instanceof ObjectNode, edit);
            applyTo((ObjectNode) parent, place.last().getMatchingProperty(), edit);
        }
        return root;
    }

    private static void applyTo(ArrayNode array, int index, TemplateEdit edit) {
        require(index >= 0 && index <= array.size(), edit);
        switch (edit.op()) {
            case INSERT -> array.insert(index, edit.after().deepCopy());
            case REMOVE -> array.remove(index);
            case REPLACE -> array.set(index, edit.after().<JsonNode>deepCopy());
        }
    }

    private static void applyTo(ObjectNode object, String key, TemplateEdit edit) {
        switch (edit.op()) {
            case INSERT -> {
                require(!object.has(key) && edit.position() >= 0 && edit.position() <= object.size(), edit);
                insert(object, key, edit.position(), edit.after().deepCopy());
            }
            case REMOVE -> object.remove(key);
            case REPLACE -> object.replace(key, edit.after().deepCopy());
        }
    }

    private static void require(boolean fits, TemplateEdit edit) {
        if (!fits) {
            throw new IllegalStateException("the edit of " + edit.path() + " does not fit what stands there");
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
