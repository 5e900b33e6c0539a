// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

/** The live nodes, for a client's request outside of transactions or for the daemon's own doing. */
final class LiveNodes implements Nodes {
    private final NodeStore store;
    private final Domains domains;
    private final Events events;
    private final Cause cause;

    LiveNodes(NodeStore store, Domains domains, Events events, Cause cause) {
        this.store = store;
        this.domains = domains;
        this.events = events;
        this.cause = cause;
    }

    @Override
    public Node read(String path) {
        return store.get(path);
    }

    @Override
    public void write(String path, Node node, boolean bounded) {
        Node changed = store.current(node.withGeneration(store.nextGeneration()));
        if (bounded) {
            cause.checkSize(changed);
        }
        store.put(path, changed, bounded);
    }

    @Override
    public void delete(String path) {
        store.nextGeneration();
        store.remove(path);
    }

    @Override
    public void takeBack(String path) {
        store.remove(path);
    }

    @Override
    public void count(int owner, int change) {
        domains.countNodes(owner, change, store.generation());
    }

    @Override
    public void changed(String path, Node node, boolean exactly, NodePermissions before) {
        events.fire(cause.request(), path, node, exactly, before);
    }
}
