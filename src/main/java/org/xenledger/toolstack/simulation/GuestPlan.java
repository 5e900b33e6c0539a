// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.xenledger.toolstack.spec.DiskSpec;
import org.xenledger.toolstack.spec.NicDefaults;
import org.xenledger.toolstack.spec.NicSpec;

/**
 * A PV guest that is to be made: what its configuration file for xl would say.
 *
 * @param maxMemkb in KiB; what it begins with is half of that
 * @param vcpus of which the first is online
 * @param disks the entries of libxl-json, as asked for
 * @param nics likewise, each with a mac
 */
public record GuestPlan(
        String name, String uuid, int vcpus, long maxMemkb, List<ObjectNode> disks, List<ObjectNode> nics) {
    static final String KERNEL = "/srv/xen/guest-vmlinuz";
    static final String RAMDISK = "/srv/xen/guest-initrd.gz";
    static final String CMDLINE = "console=hvc0 quiet";

    public GuestPlan {
        disks = List.copyOf(disks);
        nics = List.copyOf(nics);
    }

    /** The n-th of many alike, from 1 on: a disk and a nic each, and always the same name, uuid and mac. */
    public static GuestPlan sample(int n) {
        return new GuestPlan(
                "guest" + n,
                "5814e8a6-6120-43fd-bb68-%012x".formatted(n),
                2,
                262_144,
                List.of(DiskSpec.parse(
                        List.of("vdev=xvda", "format=raw", "access=rw", "target=/srv/xen/disk" + n + ".img"))),
                List.of(NicSpec.parse(
                        List.of("mac=00:16:3e:11:%02x:%02x".formatted(n >> 8 & 0xff, n & 0xff), "bridge=xenbr0"),
                        NicDefaults.NONE)));
    }

    long targetMemkb() {
        return maxMemkb / 2;
    }
}
