// SPDX-License-Identifier: Apache-2.0
package org.xenledger.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.device.DeviceKind;
import org.xenledger.domain.state.DeviceState;
import org.xenledger.domain.state.IncarnationState;
import org.xenledger.domain.template.Configuration;
import org.xenledger.reconcile.MergedConfiguration.Source;

/**
 * The devices of a merged configuration: an entry stays when its device is in xenstore, a device without an entry gets
 * one from what libxl wrote about it. Kinds whose entries cannot be told apart pass as they are, as in libxl.
 */
final class DeviceMerge {
    private static final List<DeviceKind> MERGED = List.of(
            DeviceKind.VBD,
            DeviceKind.VIF,
            DeviceKind.VTPM,
            DeviceKind.VUSB,
            DeviceKind.PCI,
            DeviceKind.VDISPL,
            DeviceKind.VSND);

    private final ObjectNode tree;
    private final IncarnationState life;
    private final List<Source> sources;

    DeviceMerge(ObjectNode tree, IncarnationState life, List<Source> sources) {
        this.tree = tree;
        this.life = life;
        this.sources = sources;
    }

    void merge() {
        MERGED.forEach(this::merge);
    }

    private void merge(DeviceKind kind) {
        String array = kind.templateArray();
        ArrayNode entries = new Configuration(tree).entries(array);
        Map<DeviceKey, Integer> chosen = chosen(kind, entries);
        List<JsonNode> kept = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            JsonNode entry = entries.get(i);
            Optional<DeviceKey> key = keyOf(kind, entry);
            if (key.isPresent() && isKept(key.get(), i, entry, chosen)) {
                kept.add(merged(array + "/" + kept.size(), life.devices().get(key.get()), (ObjectNode) entry));
            } else {
                String named = key.map(DeviceKey::display).orElseGet(entry::toString);
                sources.add(new Source("/" + array, "left out " + named + ": it is not in xenstore"));
            }
        }
        life.devices().forEach((key, device) -> {
            boolean ofThisKind = key.kind().templateArray().equals(array);
            if (ofThisKind && listed(device) && !chosen.containsKey(key)) {
                sources.add(new Source(
                        "/" + array + "/" + kept.size(), "only xenstore has it: built from /libxl's own copy"));
                kept.add(EntryFromXenstore.of(key, device.attributes()));
            }
        });
        store(array, kept);
    }

    /**
     * Which entry is each live device's: of several aliases of one disk ({@code xvda}, {@code d0p0}, 51712) the one that
     * xenstore's {@code dev} names, else the last.
     */
    private Map<DeviceKey, Integer> chosen(DeviceKind kind, ArrayNode entries) {
        Map<DeviceKey, Integer> chosen = new HashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            int index = i;
            keyOf(kind, entries.get(i)).filter(this::isLive).ifPresent(key -> {
                Integer earlier = chosen.get(key);
                String dev = life.devices().get(key).attributes().getOrDefault("dev", "");
                boolean named = earlier != null
                        && entries.get(earlier).path("vdev").asText("").equals(dev);
                if (!named) {
                    chosen.put(key, index);
                }
            });
        }
        return chosen;
    }

    private boolean isLive(DeviceKey key) {
        DeviceState device = life.devices().get(key);
        return device != null && device.live() != null;
    }

    /** PCI devices share one directory; each is there when its address is among the directory's {@code dev-<n>}. */
    private boolean isKept(DeviceKey key, int index, JsonNode entry, Map<DeviceKey, Integer> chosen) {
        if (key.kind() == DeviceKind.PCI) {
            return isLive(key) && life.devices().get(key).attributes().containsValue(PciAddress.of((ObjectNode) entry));
        }
        return Objects.equals(chosen.get(key), index);
    }

    private static Optional<DeviceKey> keyOf(DeviceKind kind, JsonNode entry) {
        return entry instanceof ObjectNode object ? Configuration.keyOf(kind, object) : Optional.empty();
    }

    private static boolean listed(DeviceState device) {
        return device.live() != null && device.live().libxlEntry();
    }

    private void store(String array, List<JsonNode> kept) {
        if (!kept.isEmpty()) {
            ArrayNode entries = tree.arrayNode();
            entries.addAll(kept);
            tree.set(array, entries);
        } else if (!new Configuration(tree).entries(array).isEmpty()) {
            tree.remove(array);
        }
    }

    /** libxl_disk.c: an empty removable drive in xenstore empties the entry; else the entry's medium wins. */
    private ObjectNode merged(String path, DeviceState device, ObjectNode entry) {
        Map<String, String> attributes = device.attributes();
        boolean emptyDrive = "1".equals(attributes.get("removable"))
                && attributes.getOrDefault("params", "").isEmpty();
        if (!emptyDrive) {
            return entry;
        }
        ObjectNode emptied = entry.deepCopy();
        emptied.put("pdev_path", "").put("format", "empty");
        sources.add(new Source("/" + path + "/pdev_path", "the drive is empty in xenstore"));
        return emptied;
    }
}
