// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

/** Tells which domains exist; asked on the server's thread, so it must not block. */
@FunctionalInterface
public interface Hypervisor {
    /** DOMID_FIRST_RESERVED in xen/include/public/xen.h. */
    int FIRST_RESERVED = 0x7FF0;

    /** One in which every domid runs that a domain can have. */
    Hypervisor EVERY_DOMAIN_RUNS =
            domid -> domid >= 0 && domid < FIRST_RESERVED ? DomainState.RUNNING : DomainState.ABSENT;

    DomainState state(int domid);
}
