// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The nodes as one transaction sees them: each as it was live when the transaction first touched it, and then as the
 * transaction left it. It can be committed while every node that it touched is unchanged outside: the generations of
 * tools/xenstored/transaction.c.
 */
final class Transaction implements Nodes {
    /** One node that was touched. */
    private static final class Access {
        private final long generation;
        private final NodePermissions before;
        private Node node;
        private boolean changed;
        private boolean told;
        private boolean exactly;

        private Access(Node live) {
            generation = live == null ? Node.NO_GENERATION : live.generation();
            before = live == null ? null : live.permissions();
            node = live;
        }
    }

    private final NodeStore store;
    private final Domains domains;
    private final Events events;
    private final Client client;
    private final String prefix;
    private final Map<String, Access> accesses = new LinkedHashMap<>();
    private final Map<Integer, Integer> counts = new LinkedHashMap<>();
    private boolean createsNodes;
    private boolean failed;

    Transaction(NodeStore store, Domains domains, Events events, Client client) {
        this.store = store;
        this.domains = domains;
        this.events = events;
        this.client = client;
        this.prefix = store.nextGeneration() + "/";
    }

    @Override
    public Node read(String path) {
        Node node = access(path).node;
        return node == null ? null : store.current(node);
    }

    private Access access(String path) {
        Access known = accesses.get(path);
        if (known != null) {
            return known;
        }
        if (client.exceeds(Quotas.Kind.TRANSACTION_NODES, accesses.size() + 1)) {
            failed = true;
            throw new Refusal(Errno.ENOSPC);
        }
        Access first = new Access(store.get(path));
        accesses.put(path, first);
        countMemory(path, first.node, 1);
        return first;
    }

    /** Its own copies are the client's, whoever owns the nodes. */
    private void countMemory(String path, Node node, int sign) {
        if (node != null) {
            domains.countMemory(client.domid(), (long) sign * NodeStore.size(prefix + path, node));
        }
    }

    @Override
    public void write(String path, Node node, boolean bounded) {
        Node changed = store.current(node.withGeneration(store.nextGeneration()));
        Access access = access(path);
        access.changed = true;
        createsNodes |= access.node == null;
        try {
            if (bounded) {
                client.cause(Outstanding.UNCOUNTED).checkSize(changed);
            }
            replace(path, access, changed, bounded);
        } catch (Refusal refusal) {
            failed = true;
            throw refusal;
        }
    }

    private void replace(String path, Access access, Node changed, boolean bounded) {
        countMemory(path, access.node, -1);
        if (bounded && !domains.hasMemory(client.domid(), NodeStore.size(prefix + path, changed))) {
            countMemory(path, access.node, 1);
            throw new Refusal(Errno.EIO);
        }
        countMemory(path, changed, 1);
        access.node = changed;
    }

    @Override
    public void delete(String path) {
        store.nextGeneration();
        Access access = access(path);
        access.changed = true;
        countMemory(path, access.node, -1);
        access.node = null;
    }

    /** What it did before cannot be told from what it did now, so the whole transaction fails. */
    @Override
    public void takeBack(String path) {
        failed = true;
    }

    @Override
    public void count(int owner, int change) {
        counts.merge(owner, change, Integer::sum);
    }

    @Override
    public void changed(String path, Node node, boolean exactly, NodePermissions before) {
        Access access = access(path);
        access.exactly = access.told ? access.exactly && exactly : exactly;
        access.told = true;
    }

    /** Makes its changes live and tells the watchers. Nothing was changed when it refuses. */
    void commit(Outstanding request) {
        if (failed) {
            throw new Refusal(Errno.ENOMEM);
        }
        checkCounts();
        boolean conflict = accesses.entrySet().stream()
                .anyMatch(entry -> entry.getValue().generation != store.generationOf(entry.getKey()));
        if (conflict) {
            throw new Refusal(Errno.EAGAIN);
        }
        List<Map.Entry<String, Access>> changes = new ArrayList<>(accesses.entrySet());
        changes.removeIf(entry -> !entry.getValue().changed);
        for (Map.Entry<String, Access> change : changes) {
            apply(change.getKey(), change.getValue(), request);
        }
        counts.forEach((owner, count) -> domains.find(owner).nodes += count);
    }

    private void checkCounts() {
        counts.forEach((owner, count) -> {
            Domain domain = domains.findOrAdd(owner, store.generation());
            if (domain == null) {
                throw new Refusal(Errno.ENOMEM);
            }
            if (createsNodes
                    && !domain.isPrivileged()
                    && client.exceeds(Quotas.Kind.NODES, Math.max(domain.nodes + count, 0) + 1)) {
                throw new Refusal(Errno.ENOSPC);
            }
        });
    }

    private void apply(String path, Access access, Outstanding request) {
        if (access.node != null) {
            store.put(path, access.node.withGeneration(store.nextGeneration()), false);
        } else {
            store.remove(path);
        }
        if (access.told) {
            events.fire(request, path, null, access.exactly, access.before);
        }
    }

    /** Forgets its copies. */
    void dispose() {
        accesses.forEach((path, access) -> countMemory(path, access.node, -1));
        accesses.clear();
    }
}
