// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

/** What a hypervisor says of a domid: the flags of struct xen_domctl_getdomaininfo that a xenstore daemon looks at. */
public enum DomainState {
    ABSENT,
    RUNNING,
    /** Shut down or crashed: told once by {@code @releaseDomain}, and still introduced. */
    SHUT_DOWN,
    /** For xenstore as good as gone. */
    DYING
}
