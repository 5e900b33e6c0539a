// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import java.util.Collection;
import java.util.List;
import org.xenledger.xenstore.wire.XenstorePath;

/** How domains come and go, and what becomes of their nodes and connections: tools/xenstored/domain.c. */
final class DomainLife {
    private final Domains domains;
    private final NodeStore store;
    private final Events events;
    private final SpecialEvents specials;
    private final Collection<Client> clients;
    private final Nodes nodes;

    DomainLife(Domains domains, NodeStore store, Events events, SpecialEvents specials, Collection<Client> clients) {
        this.domains = domains;
        this.store = store;
        this.events = events;
        this.specials = specials;
        this.clients = clients;
        this.nodes = new LiveNodes(store, domains, events, Cause.DAEMON);
    }

    /** Introduces a domain, or resets the connections of one that is; false where the hypervisor does not know it. */
    boolean introduce(int domid) {
        Domain domain = domains.findOrAdd(domid, store.generation());
        if (domain == null || (!domain.introduced && domains.state(domid) == DomainState.ABSENT)) {
            return false;
        }
        if (!domain.introduced) {
            domain.introduced = true;
            domain.connected = true;
            domain.shutDown = false;
            events.fireSpecial(SpecialEvents.INTRODUCE_DOMAIN);
        }
        List.copyOf(clients).stream()
                .filter(client -> client.domain() == domain && !client.isPrivileged())
                .forEach(Client::restart);
        return true;
    }

    /** Ends what the toolstack gives up; nothing happens as long as another domain serves this one. */
    void release(Domain domain) {
        if (domain.referrers.isEmpty()) {
            destroy(domain);
        } else {
            domain.referrers.remove(domain.referrers.size() - 1);
        }
    }

    /** Looks at what the hypervisor says of each domain: check_domains. */
    void check() {
        boolean notify = false;
        for (Domain domain : domains.newestFirst()) {
            DomainState state = domains.state(domain.domid());
            if (domains.find(domain.domid()) != domain) {
                continue;
            }
            if (!domain.introduced && state == DomainState.ABSENT) {
                destroy(domain);
            } else if (domain.connected) {
                notify |= noticeShutdown(domain, state);
                if (state == DomainState.ABSENT || state == DomainState.DYING) {
                    die(domain);
                    // its end was told, and that tells of the others too
                    notify = false;
                }
            }
        }
        if (notify) {
            events.fireSpecial(SpecialEvents.RELEASE_DOMAIN);
        }
    }

    private static boolean noticeShutdown(Domain domain, DomainState state) {
        boolean news = state == DomainState.SHUT_DOWN && !domain.shutDown;
        domain.shutDown |= news;
        return news;
    }

    /** One that another domain serves stays introduced until that one goes too. */
    private void die(Domain domain) {
        domain.connected = false;
        if (domain.referrers.isEmpty()) {
            destroy(domain);
        }
    }

    private void destroy(Domain domain) {
        for (Client client : List.copyOf(clients)) {
            if (client.domain() == domain) {
                clients.remove(client);
                client.leave();
            }
        }
        List.copyOf(domain.targets).forEach(target -> letGo(domain, target));
        domains.newestFirst().forEach(other -> other.targets.remove(domain));
        if (domain.nodes > 0) {
            removeOwned(domain, NodePath.ROOT);
        }
        specials.forget(domain.domid());
        domains.forget(domain);
        if (domain.introduced) {
            events.fireSpecial(SpecialEvents.RELEASE_DOMAIN);
        }
    }

    private void letGo(Domain domain, Domain target) {
        target.referrers.remove(domain);
        if (!target.connected && target.referrers.isEmpty()) {
            destroy(target);
        }
    }

    /** Removes the subtrees whose top the domain owns; the root stays in every case. */
    private void removeOwned(Domain domain, String path) {
        Node node = store.get(path);
        if (node.permissions().owner() == domain.domid() && !path.equals(NodePath.ROOT)) {
            NodeRemoval.remove(nodes, path);
            return;
        }
        for (String name : node.childNames()) {
            if (domain.nodes > 0) {
                removeOwned(domain, XenstorePath.child(path, name));
            }
        }
    }
}
