// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.device.DeviceKind;
import org.xenledger.domain.device.Vdev;

/**
 * Typed access to a tree in the shape of libxl_domain_config (tools/libs/light/libxl_types.idl). As in libxl's own
 * reader, a key of the wrong JSON type counts as absent.
 */
public record Configuration(ObjectNode tree) {
    private static final String DOMAIN_TYPE_PREFIX = "type.";

    /** The domain's type: {@code pv}, {@code pvh} or {@code hvm}; empty where neither place says it. */
    public String type() {
        String said = tree.path("c_info").path("type").asText("");
        if (!said.isEmpty()) {
            return said;
        }
        for (Map.Entry<String, JsonNode> field : tree.path("b_info").properties()) {
            if (field.getKey().startsWith(DOMAIN_TYPE_PREFIX)) {
                return field.getKey().substring(DOMAIN_TYPE_PREFIX.length());
            }
        }
        return "";
    }

    /** {@code c_info.name}, which a rename leaves stale. */
    public Optional<String> name() {
        JsonNode name = tree.path("c_info").path("name");
        return name.isTextual() ? Optional.of(name.textValue()) : Optional.empty();
    }

    /** A number of {@code b_info}; empty where it is absent, which for memory sizes means unset, not 0. */
    public OptionalLong buildNumber(String key) {
        JsonNode number = tree.path("b_info").path(key);
        return number.canConvertToLong() && number.isIntegralNumber()
                ? OptionalLong.of(number.longValue())
                : OptionalLong.empty();
    }

    /** The entries of one array of devices; an empty array where there is none. */
    public ArrayNode entries(String array) {
        return tree.get(array) instanceof ArrayNode entries ? entries : tree.arrayNode();
    }

    /** All entries that name a device that xenstore would number, by that device; of two aliases the later one. */
    public SortedMap<DeviceKey, ObjectNode> devices() {
        SortedMap<DeviceKey, ObjectNode> devices = new TreeMap<>();
        for (DeviceKind kind : DeviceKind.values()) {
            if (kind == DeviceKind.VIRTIO_DISK || kind.templateArray().isEmpty()) {
                continue;
            }
            for (JsonNode entry : entries(kind.templateArray())) {
                if (entry instanceof ObjectNode object) {
                    keyOf(kind, object).ifPresent(key -> devices.put(key, object));
                }
            }
        }
        return devices;
    }

    /**
     * The device that an entry asks for: disks by the number of their vdev, all PCI devices by the one directory that they
     * share, the others by devid. Empty where the entry has no identity yet (devid absent means "not assigned").
     */
    public static Optional<DeviceKey> keyOf(DeviceKind kind, ObjectNode entry) {
        return switch (kind) {
            case VBD, VIRTIO_DISK -> {
                DeviceKind disk = text(entry, "backend").equals("standalone") ? DeviceKind.VIRTIO_DISK : DeviceKind.VBD;
                OptionalInt number = Vdev.numberOf(text(entry, "vdev"));
                yield number.isPresent() ? Optional.of(new DeviceKey(disk, number.getAsInt())) : Optional.empty();
            }
            case PCI -> Optional.of(new DeviceKey(kind, 0));
            default -> {
                JsonNode devid = entry.path("devid");
                yield devid.isInt() && devid.intValue() >= 0
                        ? Optional.of(new DeviceKey(kind, devid.intValue()))
                        : Optional.empty();
            }
        };
    }

    private static String text(ObjectNode entry, String key) {
        JsonNode value = entry.path(key);
        return value.isTextual() ? value.textValue() : "";
    }
}
