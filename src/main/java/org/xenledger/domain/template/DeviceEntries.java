// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.device.DeviceKind;
import org.xenledger.domain.device.DeviceShape;

/**
 * Changes the entries of one device in a configuration. libxl finds an entry by its text (device_add_domain_config,
 * libxl_device.c), so one disk may stand there as {@code xvdb}, {@code d1p0} and {@code 51728}; here all of them are the
 * same device, since xenstore has room for one only.
 */
public final class DeviceEntries {
    /** The keys in libxl's order (libxl_domain_config in libxl_types.idl): it writes no key for an empty array. */
    private static final List<String> ORDER = List.of(
            "c_info",
            "b_info",
            "disks",
            "nics",
            "pcidevs",
            "rdms",
            "dtdevs",
            "vfbs",
            "vkbs",
            "virtios",
            "vtpms",
            "p9s",
            "pvcallsifs",
            "vdispls",
            "vsnds",
            "channels",
            "usbctrls",
            "usbdevs",
            "on_poweroff",
            "on_reboot",
            "on_watchdog",
            "on_crash",
            "on_soft_reset");

    private DeviceEntries() {}

    /** The entries of a device, in their order: none, one, or one for each spelling. */
    public static List<ObjectNode> of(ObjectNode tree, DeviceKey device) {
        List<ObjectNode> entries = new ArrayList<>();
        for (JsonNode entry : new Configuration(tree).entries(arrayOf(device))) {
            if (isOf(device, entry)) {
                entries.add(entry.deepCopy());
            }
        }
        return List.copyOf(entries);
    }

    /**
     * A copy of the tree in which these are the entries of the device, and all else is as before. One entry plugs it in as
     * libxl does, in the place of a former entry or behind all others; none takes it out; what {@link #of} gave before
     * undoes either.
     */
    public static ObjectNode with(ObjectNode tree, DeviceKey device, List<ObjectNode> entries) {
        String array = arrayOf(device);
        ArrayNode before = new Configuration(tree).entries(array);
        int place = placeOf(before, device, entries);
        ArrayNode after = tree.arrayNode();
        for (int i = 0; i <= before.size(); i++) {
            if (i == place) {
                entries.forEach(entry -> after.add(entry.deepCopy()));
            }
            if (i < before.size() && !isOf(device, before.get(i))) {
                after.add(before.get(i).deepCopy());
            }
        }
        return withArray(tree, array, after);
    }

    private static ObjectNode withArray(ObjectNode tree, String array, ArrayNode entries) {
        ObjectNode copy = tree.deepCopy();
        if (entries.isEmpty()) {
            copy.remove(array);
        } else if (copy.has(array)) {
            copy.set(array, entries);
        } else {
            return TemplatePatch.apply(
                    copy, List.of(TemplateEdit.insert("/" + array, positionFor(array, copy), entries)));
        }
        return copy;
    }

    private static int positionFor(String array, ObjectNode tree) {
        List<String> keys = new ArrayList<>();
        tree.fieldNames().forEachRemaining(keys::add);
        List<String> later = ORDER.subList(ORDER.indexOf(array) + 1, ORDER.size());
        return keys.stream()
                .filter(later::contains)
                .findFirst()
                .map(keys::indexOf)
                .orElse(keys.size());
    }

    /** Where libxl would put it: in the place of the entry with the same text, of which it takes the last. */
    private static int placeOf(ArrayNode entries, DeviceKey device, List<ObjectNode> wanted) {
        int place = entries.size();
        for (int i = entries.size() - 1; i >= 0; i--) {
            if (isOf(device, entries.get(i))) {
                if (!wanted.isEmpty()
                        && entries.get(i).path("vdev").equals(wanted.get(0).path("vdev"))) {
                    return i;
                }
                place = i;
            }
        }
        return place;
    }

    /** A disk of either kind is found by its number alone: libxl's JSON has one array and one identity for both. */
    private static boolean isOf(DeviceKey device, JsonNode entry) {
        return entry instanceof ObjectNode object
                && Configuration.keyOf(device.kind(), object)
                        .filter(key -> key.id() == device.id())
                        .isPresent();
    }

    /** Whether libxl-json has entries of this kind that one device can be told by. */
    public static boolean has(DeviceKind kind) {
        return kind != DeviceKind.PCI && DeviceShape.of(kind, "").templateEntry();
    }

    private static String arrayOf(DeviceKey device) {
        DeviceKind kind = device.kind();
        if (!has(kind)) {
            throw new IllegalArgumentException("libxl-json has no entry of its own for " + device);
        }
        return kind.templateArray();
    }
}
