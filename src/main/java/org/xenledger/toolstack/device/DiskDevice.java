// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.device;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.xenledger.domain.device.BackendPath;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.device.DeviceKind;
import org.xenledger.domain.device.Vdev;
import org.xenledger.toolstack.spec.SpecException;

/**
 * A disk with backend phy, as libxl plugs it in: device_disk_add in libxl_disk.c.
 *
 * @param key its number in xenstore
 * @param backend its backend's directory
 * @param script the path of its hotplug script
 * @param entry its entry of libxl-json, which libxl stores as it was asked for
 */
public record DiskDevice(DeviceKey key, BackendPath backend, String script, ObjectNode entry) {
    private static final String DEFAULT_SCRIPT = "block";

    /** What libxl writes for a PV guest on x86; a kernel since 2.6.26 writes its own over it. */
    private static final String PV_PROTOCOL = "x86_64-abi";

    /**
     * The disk of an entry.
     *
     * @param backendDomid the domain that the entry's {@code backend_domname} names, else 0
     * @param scripts the directory of the hotplug scripts, /etc/xen/scripts
     * @throws SpecException when libxl would refuse it
     */
    public static DiskDevice of(ObjectNode entry, int domid, int backendDomid, Path scripts) {
        String vdev = entry.path("vdev").asText("");
        int id = Vdev.numberOf(vdev)
                .orElseThrow(() ->
                        new SpecException("\"" + vdev + "\" is no disk that a guest can have: give one such as xvdb"));
        if (!entry.hasNonNull("pdev_path") || entry.path("pdev_path").asText().isEmpty()) {
            throw new SpecException(
                    "the disk " + vdev + " has no target: an empty drive only xl can plug in: say --via xl");
        }
        String script = entry.path("script").asText(DEFAULT_SCRIPT);
        return new DiskDevice(
                new DeviceKey(DeviceKind.VBD, id),
                new BackendPath(backendDomid, "vbd", domid, id),
                scripts.resolve(script).toString(),
                entry);
    }

    /** All nodes that plug it into a guest of this type. */
    public DeviceNodes nodes(GuestType guest) {
        boolean writable = entry.path("readwrite").asInt() != 0;
        String type = entry.path("is_cdrom").asInt() != 0 ? "cdrom" : "disk";

        Map<String, String> frontendKeys = DeviceNodes.commonFrontendKeys(backend);
        frontendKeys.put("virtual-device", Integer.toString(key.id()));
        frontendKeys.put("device-type", type);
        frontendKeys.put("trusted", digit(chosen("trusted", true)));
        if (guest == GuestType.PV) {
            frontendKeys.put("protocol", PV_PROTOCOL);
        }

        Map<String, String> backendKeys = new LinkedHashMap<>();
        backendKeys.put("params", entry.path("pdev_path").asText());
        backendKeys.put("script", script);
        backendKeys.put("frontend-id", Integer.toString(backend.frontendDomid()));
        backendKeys.put("online", "1");
        backendKeys.put("removable", digit(entry.path("removable").asInt() != 0));
        backendKeys.put("bootable", "1");
        backendKeys.put("state", "1");
        backendKeys.put("dev", entry.path("vdev").asText());
        backendKeys.put("type", DiskBackend.PHY.word());
        backendKeys.put("mode", writable ? "w" : "r");
        backendKeys.put("device-type", type);
        if (entry.path("direct_io_safe").asBoolean()) {
            backendKeys.put("direct-io-safe", "1");
        }
        backendKeys.put("discard-enable", digit(chosen("discard_enable", writable)));
        backendKeys.put("specification", "xen");
        return DeviceNodes.of(backend.frontendDomid(), key, backend, frontendKeys, Map.of(), backendKeys);
    }

    /** A libxl_defbool: libxl compares its text without regard to case. */
    private boolean chosen(String name, boolean otherwise) {
        String text = entry.path(name).asText("");
        return text.equalsIgnoreCase("true") || (otherwise && !text.equalsIgnoreCase("false"));
    }

    private static String digit(boolean yes) {
        return yes ? "1" : "0";
    }
}
