// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import static org.xenledger.xenstore.server.NodePermissions.OWNER;
import static org.xenledger.xenstore.server.NodePermissions.WRITE;

import java.util.List;
import org.xenledger.xenstore.wire.XenstorePath;

/** Requests that change nodes. */
final class NodeWrites {
    private final NodeLookup lookup;
    private final Domains domains;
    private final NodeStore store;
    private final SpecialEvents specials;

    NodeWrites(NodeLookup lookup, Domains domains, NodeStore store, SpecialEvents specials) {
        this.lookup = lookup;
        this.domains = domains;
        this.store = store;
        this.specials = specials;
    }

    void write(Call call) {
        String given = call.atLeast(1).get(0);
        String value = call.frame().body().substring(given.length() + 1);
        String path = call.canonical(given);
        Node node = lookup.find(call, path, WRITE);
        if (node == null) {
            node = NodeCreation.create(call, path, value);
        } else {
            node = node.withValue(value);
            call.nodes().write(path, node, true);
        }
        call.nodes().changed(path, node, false, null);
        call.acknowledge();
    }

    void makeDirectory(Call call) {
        String path = call.canonical(call.onlyString());
        if (lookup.find(call, path, WRITE) == null) {
            Node node = NodeCreation.create(call, path, "");
            call.nodes().changed(path, node, false, null);
        }
        call.acknowledge();
    }

    void remove(Call call) {
        String path = call.canonical(call.onlyString());
        if (lookup.find(call, path, WRITE) != null) {
            if (path.equals(NodePath.ROOT)) {
                throw new Refusal(Errno.EINVAL);
            }
            NodeRemoval.remove(call.nodes(), path);
        } else if (call.nodes().read(XenstorePath.parent(path)) == null) {
            throw new Refusal(Errno.ENOENT);
        }
        call.acknowledge();
    }

    void setPermissions(Call call) {
        Client client = call.client();
        List<String> strings = call.atLeast(2);
        List<String> texts = strings.subList(1, strings.size());
        if (client.exceeds(Quotas.Kind.PERMISSIONS, texts.size())) {
            throw new Refusal(Errno.ENOSPC);
        }
        NodePermissions changed = domains.named(NodePermissions.parse(texts), store.generation());
        if (changed.first().ignored()) {
            throw new Refusal(Errno.ENOENT);
        }
        if (NodePath.isSpecial(strings.get(0))) {
            specials.setPermissions(client, strings.get(0), changed);
        } else {
            setNodePermissions(call, call.canonical(strings.get(0)), changed);
        }
        call.acknowledge();
    }

    private void setNodePermissions(Call call, String path, NodePermissions changed) {
        Node node = lookup.require(call, path, WRITE | OWNER);
        NodePermissions before = node.permissions();
        if (!call.client().isPrivileged() && changed.owner() != before.owner()) {
            throw new Refusal(Errno.EPERM);
        }
        Node after = node.withPermissions(changed);
        call.nodes().write(path, after, true);
        call.nodes().count(before.owner(), -1);
        call.nodes().count(changed.owner(), 1);
        call.nodes().changed(path, after, false, before);
    }
}
