// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.MessageType;

/**
 * A xenstore as a pure machine: a request goes in, replies and events wait in the clients' outboxes. It follows the C
 * daemon of Xen 4.17. No thread, no clock, no socket; for one thread.
 */
final class Xenstore {
    private final Set<Client> clients = new LinkedHashSet<>();
    private final Quotas quotas = new Quotas();
    private final Requests requests = new Requests();
    private final Domains domains;
    private final NodeStore store;
    private final Events events;
    private final DomainLife life;

    Xenstore(Hypervisor hypervisor) {
        SpecialEvents specials = new SpecialEvents();
        domains = new Domains(hypervisor, quotas);
        store = new NodeStore(domains);
        events = new Events(clients, store, specials);
        life = new DomainLife(domains, store, events, specials, clients);
        NodeLookup lookup = new NodeLookup(quotas);
        addNodes(new NodeReads(lookup), new NodeWrites(lookup, domains, store, specials));
        addOthers(new WatchRequests(domains, quotas), new TransactionRequests(store, domains, events));
        addDomains(new DomainRequests(domains, life), new ControlRequests(domains, quotas));
    }

    private void addNodes(NodeReads reads, NodeWrites writes) {
        requests.add(MessageType.READ, reads::read);
        requests.add(MessageType.DIRECTORY, reads::directory);
        requests.add(MessageType.DIRECTORY_PART, reads::directoryPart);
        requests.add(MessageType.GET_PERMS, reads::getPermissions);
        requests.add(MessageType.WRITE, writes::write);
        requests.add(MessageType.MKDIR, writes::makeDirectory);
        requests.add(MessageType.RM, writes::remove);
        requests.add(MessageType.SET_PERMS, writes::setPermissions);
    }

    private void addOthers(WatchRequests watches, TransactionRequests transactions) {
        requests.addOutsideOfTransactions(MessageType.WATCH, watches::watch);
        requests.addOutsideOfTransactions(MessageType.UNWATCH, watches::unwatch);
        requests.add(MessageType.RESET_WATCHES, watches::reset);
        requests.add(MessageType.TRANSACTION_START, transactions::start);
        requests.add(MessageType.TRANSACTION_END, transactions::end);
    }

    private void addDomains(DomainRequests guests, ControlRequests control) {
        requests.addPrivileged(MessageType.CONTROL, control::control);
        requests.addPrivileged(MessageType.INTRODUCE, guests::introduce);
        requests.addPrivileged(MessageType.RELEASE, guests::release);
        requests.addPrivileged(MessageType.RESUME, guests::resume);
        requests.addPrivileged(MessageType.SET_TARGET, guests::setTarget);
        requests.addPrivileged(MessageType.IS_DOMAIN_INTRODUCED, guests::isDomainIntroduced);
        requests.add(MessageType.GET_DOMAIN_PATH, guests::getDomainPath);
    }

    /** A new connection of a domain; 0 is for the tools. Empty for one that was not introduced. */
    Optional<Client> connect(int domid) {
        Optional<Client> client = Optional.ofNullable(domains.findIntroduced(domid))
                .filter(domain -> domain.isPrivileged() || domain.connected)
                .map(domain -> new Client(domain, domains, quotas));
        client.ifPresent(clients::add);
        return client;
    }

    /** Ends a connection; what it did not commit is lost. */
    void disconnect(Client client) {
        if (clients.remove(client)) {
            client.leave();
        }
    }

    Iterable<Client> clients() {
        return clients;
    }

    /** Serves a request: afterwards its reply waits in the client's outbox, behind the events that it caused. */
    void serve(Client client, Frame frame) {
        Outstanding outstanding = client.isPrivileged() ? Outstanding.UNCOUNTED : Outstanding.of(client.domain());
        try {
            Requests.Entry entry = requests.find(frame.type());
            if (entry == null) {
                throw new Refusal(Errno.ENOSYS);
            }
            if (entry.privileged() && !client.isPrivileged()) {
                throw new Refusal(Errno.EACCES);
            }
            Nodes nodes = entry.inTransaction() ? nodes(client, frame, outstanding) : null;
            entry.action().serve(new Call(client, entry.type(), frame, nodes, outstanding));
        } catch (Refusal refusal) {
            client.outbox().reply(frame, MessageType.ERROR, refusal.errno() + "\0", outstanding);
        }
    }

    private Nodes nodes(Client client, Frame frame, Outstanding outstanding) {
        if (frame.transaction() == 0) {
            return new LiveNodes(store, domains, events, client.cause(outstanding));
        }
        Transaction transaction = client.transaction(frame.transaction());
        if (transaction == null) {
            throw new Refusal(Errno.ENOENT);
        }
        return transaction;
    }

    /** The hypervisor has news: domains that shut down or are gone. */
    void checkDomains() {
        life.check();
    }
}
