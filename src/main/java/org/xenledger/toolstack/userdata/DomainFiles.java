// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.userdata;

import java.nio.file.Path;

/**
 * The names of libxl's files about one domain: libxl__userdata_path in libxl_dom.c.
 *
 * @param directory {@code /var/lib/xen} on a Xen host
 * @param domid the domain's id
 * @param uuid the hypervisor's uuid of the domain, in lower case; after a restart_rename not that of {@code ~/vm}
 */
public record DomainFiles(Path directory, int domid, String uuid) {
    /** The configuration. */
    public Path data() {
        return named('d', "libxl-json");
    }

    /** What libvirt keeps of a domain that it manages: a third copy of the configuration. */
    public Path libvirt() {
        return named('d', "libvirt-xml");
    }

    /** The one name under which libxl, and so we, write a new configuration; what lies there is nobody's. */
    Path temporary() {
        return named('n', "libxl-json");
    }

    /** What libxl locks to change the configuration. */
    public Path lock() {
        return named('l', "domain-userdata-lock");
    }

    private Path named(char what, String userid) {
        return directory.resolve("userdata-" + what + "." + domid + "." + uuid + "." + userid);
    }
}
