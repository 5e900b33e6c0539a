// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain;

/**
 * One life of a domain. A uuid survives a reboot and a migration, a domid is used again, so neither alone names a life;
 * several lives of one uuid may exist at once (restart_rename, migration within a host).
 *
 * @param host the machine and boot it lives on
 * @param domid its domain id
 * @param startTime {@code /vm/<uuid>/start_time}; empty where xenstore has none: for Domain-0, while a domain is being
 *     created (libxl__build_post in libxl_dom.c writes it), or when {@code ~/vm} is gone
 */
public record Incarnation(HostIdentity host, int domid, String startTime) implements Comparable<Incarnation> {
    /** The same life as it was known before its start time was. */
    public Incarnation withoutStartTime() {
        return new Incarnation(host, domid, "");
    }

    public Incarnation withStartTime(String newStartTime) {
        return new Incarnation(host, domid, newStartTime);
    }

    @Override
    public int compareTo(Incarnation other) {
        int byHost = host.host().compareTo(other.host.host());
        if (byHost != 0) {
            return byHost;
        }
        int byBoot = host.bootId().compareTo(other.host.bootId());
        if (byBoot != 0) {
            return byBoot;
        }
        int byDomid = Integer.compare(domid, other.domid);
        return byDomid != 0 ? byDomid : startTime.compareTo(other.startTime);
    }
}
