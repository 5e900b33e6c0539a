// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.device;

import java.util.List;
import java.util.Optional;

/**
 * The kinds of devices, by the names that xenstore gives their frontends, with the libxl-json array that asks for them
 * (tools/libs/light/libxl_types_internal.idl; device_type_tbl in libxl_create.c).
 */
public enum DeviceKind {
    VBD("vbd", "disks", "vbd", "vbd3", "qdisk"),
    VIRTIO_DISK("virtio_disk", "disks", "virtio_disk"),
    VIF("vif", "nics", "vif"),
    VTPM("vtpm", "vtpms", "vtpm"),
    VUSB("vusb", "usbctrls", "vusb", "qusb"),
    PCI("pci", "pcidevs", "pci"),
    VDISPL("vdispl", "vdispls", "vdispl"),
    VSND("vsnd", "vsnds", "vsnd"),
    VIRTIO("virtio", "virtios", "virtio"),
    NINE_PFS("9pfs", "p9s", "9pfs", "xen_9pfs"),
    VKBD("vkbd", "vkbs", "vkbd", "vinput"),
    VFB("vfb", "vfbs", "vfb"),
    CONSOLE("console", "channels", "console"),
    VUART("vuart", "", "vuart"),
    PVCALLS("pvcalls", "pvcallsifs", "pvcalls");

    private static final DeviceKind[] ALL = values();
    private final String node;
    private final String templateArray;

    @SuppressWarnings("ImmutableEnumChecker") // filled by List.of, which is immutable
    private final List<String> backends;

    DeviceKind(String node, String templateArray, String... backends) {
        this.node = node;
        this.templateArray = templateArray;
        this.backends = List.of(backends);
    }

    /** The directory name in xenstore: {@code ~/device/<node>}. */
    public String node() {
        return node;
    }

    /** The array of libxl_domain_config that holds such devices; empty where there is none. */
    public String templateArray() {
        return templateArray;
    }

    /** The directory names of the backends that serve it: {@code /local/domain/<b>/backend/<name>}. */
    public List<String> backends() {
        return backends;
    }

    /** The kind with this directory name, if it is one that libxl knows. */
    public static Optional<DeviceKind> ofNode(String node) {
        for (DeviceKind kind : ALL) {
            if (kind.node.equals(node)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** The kind of frontend that a backend directory of this name serves. */
    public static Optional<DeviceKind> ofBackend(String backend) {
        for (DeviceKind kind : ALL) {
            if (kind.backends.contains(backend)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
