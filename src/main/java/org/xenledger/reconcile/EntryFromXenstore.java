// SPDX-License-Identifier: Apache-2.0
package org.xenledger.reconcile;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.xenledger.domain.device.BackendPath;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.template.LosslessJson;

/**
 * Shows a device that libxl-json does not have, from the copy of its keys that libxl keeps under {@code /libxl}. Only to
 * show it: a disk's format and a nic's model are not in there, so no template entry is ever restored from this.
 */
final class EntryFromXenstore {
    private static final int DOMAIN_0 = 0;

    private EntryFromXenstore() {}

    static ObjectNode of(DeviceKey key, Map<String, String> attributes) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        BackendPath.parse(attributes.getOrDefault(BackendPath.ATTRIBUTE, ""))
                .filter(path -> path.domid() != DOMAIN_0)
                .ifPresent(path -> entry.put("backend_domid", path.domid()));
        switch (key.kind()) {
            case VBD, VIRTIO_DISK -> disk(entry, attributes);
            case VIF -> nic(entry, key, attributes);
            default -> entry.set("devid", LosslessJson.number(key.id()));
        }
        return entry;
    }

    private static void disk(ObjectNode entry, Map<String, String> attributes) {
        String params = attributes.getOrDefault("params", "");
        boolean prefixed = !"phy".equals(attributes.get("type")) && params.indexOf(':') >= 0;
        entry.put("pdev_path", prefixed ? params.substring(params.indexOf(':') + 1) : params);
        copy(attributes, "dev", entry, "vdev");
        copy(attributes, "type", entry, "backend");
        if ("1".equals(attributes.get("removable"))) {
            entry.put("removable", 1);
        }
        if ("w".equals(attributes.get("mode"))) {
            entry.put("readwrite", 1);
        }
        if ("cdrom".equals(attributes.get("device-type"))) {
            entry.put("is_cdrom", 1);
        }
    }

    private static void nic(ObjectNode entry, DeviceKey key, Map<String, String> attributes) {
        entry.set("devid", LosslessJson.number(key.id()));
        copy(attributes, "mac", entry, "mac");
        copy(attributes, "ip", entry, "ip");
        copy(attributes, "bridge", entry, "bridge");
        copy(attributes, "type", entry, "nictype");
    }

    private static void copy(Map<String, String> attributes, String from, ObjectNode entry, String to) {
        String value = attributes.get(from);
        if (value != null && !value.isEmpty()) {
            entry.put(to, value);
        }
    }
}
