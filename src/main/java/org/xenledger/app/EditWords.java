// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Function;
import org.xenledger.domain.template.TemplateEdit;

/** Edits of a configuration in words. */
public final class EditWords {
    private static final int MAX_VALUE = 100;

    private EditWords() {}

    /** One line for all of them: the first, and how many more. */
    static String summary(List<TemplateEdit> edits) {
        String first = line(edits.get(0), EditWords::brief);
        return edits.size() == 1 ? first : first + " and " + (edits.size() - 1) + " more";
    }

    /** {@code + /disks/1 {...}}, {@code - /disks/1 {...}} or {@code ~ /c_info/name "a" -> "b"}. */
    public static String line(TemplateEdit edit) {
        return line(edit, JsonNode::toString);
    }

    private static String line(TemplateEdit edit, Function<JsonNode, String> words) {
        return switch (edit.op()) {
            case INSERT -> "+ " + edit.path() + " " + words.apply(edit.after());
            case REMOVE -> "- " + edit.path() + " " + words.apply(edit.before());
            case REPLACE -> "~ " + edit.path() + " " + words.apply(edit.before()) + " -> " + words.apply(edit.after());
        };
    }

    private static String brief(JsonNode value) {
        String text = value.toString();
        return text.length() <= MAX_VALUE ? text : text.substring(0, MAX_VALUE) + "...";
    }
}
