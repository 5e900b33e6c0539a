// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the edits that lead from one tree to another, the order of keys included. Generic JSON patches lose that order:
 * they append what is added, and the folded configuration would no longer be the file that was seen.
 */
public final class TemplateDiff {
    /** What the places of all edits may have in JSON text: far more than any real change has. */
    private static final int MOST_BYTES = 64 << 10;

    /** What an edit has in JSON text besides its path and values, at most. */
    private static final int FRAME = 64;

    /** What a character has in JSON text, at most: an escape. */
    private static final int ESCAPE = 6;

    private final List<TemplateEdit> edits = new ArrayList<>();
    private long bytes;

    private TemplateDiff() {}

    /**
     * The edits from {@code before} to {@code after}; none when they are equal. Old and new values are in the edits. Where
     * to tell the place of each would take far more than both trees have, the only edit replaces all.
     */
    public static List<TemplateEdit> between(ObjectNode before, ObjectNode after) {
        TemplateDiff diff = new TemplateDiff();
        diff.compare("", before, after);
        return diff.bytes > MOST_BYTES ? List.of(TemplateEdit.replace("", before, after)) : List.copyOf(diff.edits);
    }

    static String step(String path, String key) {
        return path + "/" + key.replace("~", "~0").replace("/", "~1");
    }

    private void compare(String path, JsonNode before, JsonNode after) {
        if (before instanceof ObjectNode b && after instanceof ObjectNode a && sameOrder(keys(b), keys(a))) {
            objects(path, b, a);
        } else if (before instanceof ArrayNode b && after instanceof ArrayNode a) {
            arrays(path, b, a);
        } else if (!before.equals(after) || !sameText(before, after)) {
            add(TemplateEdit.replace(path, before, after));
        }
    }

    /** Jackson's equality of objects ignores the order of keys; ours must not. */
    private static boolean sameText(JsonNode before, JsonNode after) {
        return !before.isContainerNode() || before.toString().equals(after.toString());
    }

    private void objects(String path, ObjectNode before, ObjectNode after) {
        for (String key : keys(before)) {
            if (!after.has(key)) {
                add(TemplateEdit.remove(step(path, key), before.get(key)));
            }
        }
        int position = 0;
        for (String key : keys(after)) {
            if (before.has(key)) {
                compare(step(path, key), before.get(key), after.get(key));
            } else {
                add(TemplateEdit.insert(step(path, key), position, after.get(key)));
            }
            position++;
        }
    }

    private void arrays(String path, ArrayNode before, ArrayNode after) {
        int shorter = Math.min(before.size(), after.size());
        int head = 0;
        while (head < shorter && same(before.get(head), after.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head
                && same(before.get(before.size() - 1 - tail), after.get(after.size() - 1 - tail))) {
            tail++;
        }
        int oldMiddle = before.size() - head - tail;
        int newMiddle = after.size() - head - tail;
        int common = oldMiddle == newMiddle ? oldMiddle : 0;
        for (int i = head; i < head + common; i++) {
            compare(step(path, Integer.toString(i)), before.get(i), after.get(i));
        }
        for (int i = head + oldMiddle - 1; i >= head + common; i--) {
            add(TemplateEdit.remove(step(path, Integer.toString(i)), before.get(i)));
        }
        for (int i = head + common; i < head + newMiddle; i++) {
            add(TemplateEdit.insert(step(path, Integer.toString(i)), 0, after.get(i)));
        }
    }

    private static boolean same(JsonNode before, JsonNode after) {
        return before.equals(after) && sameText(before, after);
    }

    private static Set<String> keys(ObjectNode object) {
        Set<String> keys = new LinkedHashSet<>();
        object.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    private static boolean sameOrder(Set<String> before, Set<String> after) {
        List<String> kept = before.stream().filter(after::contains).toList();
        return kept.equals(after.stream().filter(before::contains).toList());
    }

    private void add(TemplateEdit edit) {
        bytes += FRAME + (long) ESCAPE * edit.path().length();
        if (bytes <= MOST_BYTES) {
            edits.add(edit);
        }
    }
}
