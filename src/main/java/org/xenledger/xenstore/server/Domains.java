// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The domains that were introduced or that permissions name; a number's next domain is another one. */
final class Domains {
    private final Map<Integer, Domain> known = new LinkedHashMap<>();
    private final Hypervisor hypervisor;
    private final Quotas quotas;

    Domains(Hypervisor hypervisor, Quotas quotas) {
        this.hypervisor = hypervisor;
        this.quotas = quotas;
        Domain own = new Domain(0, 0);
        own.introduced = true;
        own.connected = true;
        known.put(0, own);
    }

    /** What the hypervisor says; Domain-0 runs always. */
    DomainState state(int domid) {
        return domid == 0 ? DomainState.RUNNING : hypervisor.state(domid);
    }

    /** Null where it is not known. */
    Domain find(int domid) {
        return known.get(domid);
    }

    /** Null where it was not introduced. */
    Domain findIntroduced(int domid) {
        Domain domain = known.get(domid);
        return domain != null && domain.introduced ? domain : null;
    }

    /** Null where the hypervisor does not know it either. */
    Domain findOrAdd(int domid, long generation) {
        Domain domain = known.get(domid);
        if (domain == null && state(domid) != DomainState.ABSENT) {
            domain = new Domain(domid, generation);
            known.put(domid, domain);
        }
        return domain;
    }

    void forget(Domain domain) {
        known.remove(domain.domid());
    }

    /** Those that came last first, which is how the C daemon looks for dead ones. */
    List<Domain> newestFirst() {
        List<Domain> all = new ArrayList<>(known.values());
        Collections.reverse(all);
        return all;
    }

    /** The permissions of a node with those entries ignored that meant an earlier domain of the number. */
    NodePermissions current(NodePermissions permissions, long generation) {
        return permissions.ignoring(1, domid -> {
            Domain domain = known.get(domid);
            return domain == null || !domain.isOlderThan(generation);
        });
    }

    /** Makes the domains known that a client names, and ignores those that do not exist. */
    NodePermissions named(NodePermissions permissions, long generation) {
        return permissions.ignoring(0, domid -> findOrAdd(domid, generation) == null);
    }

    void countNodes(int domid, int change, long generation) {
        Domain domain = change > 0 ? findOrAdd(domid, generation) : known.get(domid);
        if (domain != null) {
            domain.nodes += change;
        }
    }

    void countMemory(int domid, long change) {
        Domain domain = known.get(domid);
        if (domain != null) {
            domain.memory += change;
        }
    }

    /** Whether a domain may take so much more. */
    boolean hasMemory(int domid, long more) {
        Domain domain = known.get(domid);
        return domain == null || domain.isPrivileged() || domain.memory + more < quotas.get(Quotas.Kind.MEMORY);
    }
}
