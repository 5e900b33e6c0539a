// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.template;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.device.DeviceKind;

/** What makes a device the one that was asked for: a disk's target, a nic's address. */
public final class Medium {
    private Medium() {}

    /**
     * What an entry of libxl-json and libxl's own entry in xenstore say where they name different ones; empty where they do
     * not.
     *
     * @param attributes the keys in xenstore; {@code params} may have the format before the target
     */
    public static String difference(DeviceKey key, ObjectNode entry, Map<String, String> attributes) {
        boolean same = true;
        String asked = "";
        String there = "";
        if (key.kind() == DeviceKind.VBD) {
            asked = entry.path("pdev_path").asText("");
            there = attributes.getOrDefault("params", "");
            same = there.equals(asked) || there.endsWith(":" + asked);
        } else if (key.kind() == DeviceKind.VIF) {
            there = attributes.getOrDefault("mac", "");
            asked = entry.path("mac").asText(there);
            same = there.toLowerCase(Locale.ROOT).equals(asked.toLowerCase(Locale.ROOT));
        }
        return same ? "" : "libxl-json " + quoted(asked) + ", xenstore " + quoted(there);
    }

    private static String quoted(String text) {
        return text.isEmpty() ? "nothing" : text;
    }
}
