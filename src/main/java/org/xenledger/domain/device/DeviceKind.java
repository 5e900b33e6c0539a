// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.device;

import java.util.Optional;

/**
 * The kinds of devices, by the names that xenstore gives their frontends, with the libxl-json array that asks for them
 * (tools/libs/light/libxl_types_internal.idl; device_type_tbl in libxl_create.c).
 */
public enum DeviceKind {
    VBD("vbd", "disks"),
    VIRTIO_DISK("virtio_disk", "disks"),
    VIF("vif", "nics"),
    VTPM("vtpm", "vtpms"),
    VUSB("vusb", "usbctrls"),
    PCI("pci", "pcidevs"),
    VDISPL("vdispl", "vdispls"),
    VSND("vsnd", "vsnds"),
    VIRTIO("virtio", "virtios"),
    NINE_PFS("9pfs", "p9s"),
    VKBD("vkbd", "vkbs"),
    VFB("vfb", "vfbs"),
    CONSOLE("console", "channels"),
    VUART("vuart", ""),
    PVCALLS("pvcalls", "pvcallsifs");

    private static final DeviceKind[] ALL = values();
    private final String node;
    private final String templateArray;

    DeviceKind(String node, String templateArray) {
        this.node = node;
        this.templateArray = templateArray;
    }

    /** The directory name in xenstore: {@code ~/device/<node>}. */
    public String node() {
        return node;
    }

    /** The array of libxl_domain_config that holds such devices; empty where there is none. */
    public String templateArray() {
        return templateArray;
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
}
