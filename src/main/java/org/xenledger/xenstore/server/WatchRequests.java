// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import java.util.List;

/** Requests about a client's watches: tools/xenstored/watch.c. */
final class WatchRequests {
    /** XENSTORE_REL_PATH_MAX. */
    private static final int MAX_SPECIAL = 2048;

    private final Domains domains;
    private final Quotas quotas;

    WatchRequests(Domains domains, Quotas quotas) {
        this.domains = domains;
        this.quotas = quotas;
    }

    void watch(Call call) {
        List<String> strings = call.exactly(2);
        Client client = call.client();
        Watch watch = watchFor(client, strings.get(0), strings.get(1));
        if (client.hasWatch(watch.path(), watch.token())) {
            throw new Refusal(Errno.EEXIST);
        }
        if (client.exceeds(Quotas.Kind.WATCHES, client.domain().watches)) {
            throw new Refusal(Errno.E2BIG);
        }
        if (!domains.hasMemory(client.domid(), watch.size())) {
            throw new Refusal(Errno.ENOMEM);
        }
        client.add(watch);
        call.acknowledge();
        // the first event, whether there is a node or not
        client.outbox().event(watch.shown(watch.path()), watch.token(), Outstanding.UNCOUNTED);
    }

    private Watch watchFor(Client client, String path, String token) {
        String canonical = NodePath.canonical(client.base(), path);
        boolean special = NodePath.isSpecial(path);
        boolean valid =
                special ? path.length() <= MAX_SPECIAL : NodePath.isValid(canonical, quotas.get(Quotas.Kind.PATH_MAX));
        if (!valid) {
            throw new Refusal(Errno.EINVAL);
        }
        return new Watch(canonical, token, special || path.startsWith("/") ? "" : client.base());
    }

    void unwatch(Call call) {
        List<String> strings = call.exactly(2);
        if (!call.client().removeWatch(call.canonical(strings.get(0)), strings.get(1))) {
            throw new Refusal(Errno.ENOENT);
        }
        call.acknowledge();
    }

    /** Ends transactions too. */
    void reset(Call call) {
        call.client().reset();
        call.acknowledge();
    }
}
