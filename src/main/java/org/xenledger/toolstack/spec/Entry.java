// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xenledger.domain.template.LosslessJson;

/**
 * An entry of libxl-json that is being filled: its keys come in the order of libxl_types.idl, whatever order they were set
 * in, and what has its default is left out, as libxl's generated writer does (gentypes.py).
 */
final class Entry {
    static final List<String> DISK = List.of(
            "backend_domid",
            "backend_domname",
            "pdev_path",
            "vdev",
            "backend",
            "format",
            "script",
            "removable",
            "readwrite",
            "is_cdrom",
            "direct_io_safe",
            "discard_enable",
            "specification",
            "trusted",
            "grant_usage");
    static final List<String> NIC = List.of(
            "backend_domid",
            "backend_domname",
            "devid",
            "mtu",
            "vlan",
            "model",
            "mac",
            "ip",
            "bridge",
            "ifname",
            "script",
            "nictype",
            "rate_bytes_per_interval",
            "rate_interval_usecs",
            "gatewaydev",
            "trusted");

    private final List<String> order;
    private final Map<String, JsonNode> values = new LinkedHashMap<>();

    Entry(List<String> order) {
        this.order = order;
    }

    /** A copy of an entry, to be changed. */
    static Entry of(List<String> order, ObjectNode entry) {
        Entry copy = new Entry(order);
        entry.properties().forEach(field -> copy.values.put(field.getKey(), field.getValue()));
        return copy;
    }

    Entry text(String key, String value) {
        values.put(key, JsonNodeFactory.instance.textNode(value));
        return this;
    }

    /** A number whose default is 0; devid, whose default is -1, is written also when it is 0. */
    Entry number(String key, long value) {
        if (value == 0 && !key.equals("devid")) {
            values.remove(key);
        } else {
            values.put(key, LosslessJson.number(value));
        }
        return this;
    }

    /** A C int that is used as a truth value. */
    Entry flag(String key, boolean value) {
        return number(key, value ? 1 : 0);
    }

    /** A plain bool, false by default. */
    Entry bool(String key) {
        values.put(key, JsonNodeFactory.instance.booleanNode(true));
        return this;
    }

    /** libxl_defbool: a text, where neither yes nor no is the default. */
    Entry defbool(String key, boolean value) {
        return text(key, value ? "True" : "False");
    }

    void remove(String key) {
        values.remove(key);
    }

    /** The text that was set; null where none was. */
    String text(String key) {
        return values.containsKey(key) ? values.get(key).asText() : null;
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    ObjectNode toJson() {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        for (String key : order) {
            if (values.containsKey(key)) {
                entry.set(key, values.get(key));
            }
        }
        values.forEach(entry::putIfAbsent);
        return entry;
    }
}
