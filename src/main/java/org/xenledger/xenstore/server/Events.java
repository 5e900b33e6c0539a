// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import java.util.Collection;
import org.xenledger.xenstore.wire.XenstorePath;

/** Tells the watchers of what happened, each only what it may know: fire_watches in tools/xenstored/watch.c. */
final class Events {
    private final Collection<Client> clients;
    private final NodeStore store;
    private final SpecialEvents specials;

    Events(Collection<Client> clients, NodeStore store, SpecialEvents specials) {
        this.clients = clients;
        this.store = store;
        this.specials = specials;
    }

    /** @see Nodes#changed; the node is null where it has to be looked up */
    void fire(Outstanding request, String path, Node node, boolean exactly, NodePermissions before) {
        for (Client client : clients) {
            if (!client.watches().isEmpty() && mayKnow(client, path, node, before)) {
                tell(client, request, path, exactly);
            }
        }
    }

    /** Tells that a domain came or went. */
    void fireSpecial(String name) {
        for (Client client : clients) {
            if (specials.mayKnow(client, name)) {
                tell(client, Outstanding.UNCOUNTED, name, true);
            }
        }
    }

    private static void tell(Client client, Outstanding request, String path, boolean exactly) {
        for (Watch watch : client.watches()) {
            if (watch.covers(path, exactly)) {
                client.outbox().event(watch.shown(path), watch.token(), request);
            }
        }
    }

    /** Who can read the node or its parent, or could read the node before. */
    private boolean mayKnow(Client client, String path, Node node, NodePermissions before) {
        if (before != null && client.may(NodePermissions.READ, before)) {
            return true;
        }
        Node now = node == null ? store.get(path) : node;
        if (now == null) {
            return false;
        }
        if (client.may(NodePermissions.READ, now.permissions())) {
            return true;
        }
        Node parent = store.get(XenstorePath.parent(path));
        return parent != null && client.may(NodePermissions.READ, parent.permissions());
    }
}
