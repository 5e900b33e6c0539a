// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.template;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One change of a configuration tree. Places are JSON pointers (RFC 6901); a list of edits is applied in order.
 *
 * @param op what happens at the place
 * @param path where
 * @param position for an inserted key its index among the keys of its object, so that the order of keys survives; else 0
 * @param before what stood there; null for an insertion
 * @param after what stands there now; null for a removal
 */
public record TemplateEdit(Op op, String path, int position, JsonNode before, JsonNode after) {
    /** What an edit does. */
    public enum Op {
        INSERT,
        REMOVE,
        REPLACE
    }

    static TemplateEdit insert(String path, int position, JsonNode after) {
        return new TemplateEdit(Op.INSERT, path, position, null, after);
    }

    static TemplateEdit remove(String path, JsonNode before) {
        return new TemplateEdit(Op.REMOVE, path, 0, before, null);
    }

    static TemplateEdit replace(String path, JsonNode before, JsonNode after) {
        return new TemplateEdit(Op.REPLACE, path, 0, before, after);
    }
}
