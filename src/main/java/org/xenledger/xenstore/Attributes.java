// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import java.util.Map;
import java.util.TreeMap;
import org.xenledger.domain.device.LiveDevice;

/**
 * The keys of a device that say how it was configured. What its life changes - states, the script's report - is left out;
 * those are told by {@link LiveDevice}.
 */
final class Attributes {
    private static final int MAX_ATTRIBUTES = 200;
    private static final int MAX_VALUE_LENGTH = 4096;

    private Attributes() {}

    /** Keys with their values; a directory's children as {@code directory/child}. */
    static Map<String, String> of(XenstoreNode device) {
        Map<String, String> attributes = new TreeMap<>();
        for (XenstoreNode key : device.children()) {
            if (LiveDevice.tells(key.name())) {
                continue;
            }
            put(attributes, key.name(), Text.of(key.value()));
            key.children().forEach(child -> put(attributes, key.name() + "/" + child.name(), Text.of(child.value())));
        }
        return attributes;
    }

    private static void put(Map<String, String> attributes, String name, String value) {
        if (attributes.size() < MAX_ATTRIBUTES) {
            attributes.put(name, value.length() <= MAX_VALUE_LENGTH ? value : value.substring(0, MAX_VALUE_LENGTH));
        }
    }
}
