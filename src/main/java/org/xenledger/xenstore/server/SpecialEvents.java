// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import java.util.HashMap;
import java.util.Map;

/** The events that no node stands for, and who may know of them: Domain-0 only, until it says otherwise. */
final class SpecialEvents {
    static final String INTRODUCE_DOMAIN = "@introduceDomain";
    static final String RELEASE_DOMAIN = "@releaseDomain";

    private final Map<String, NodePermissions> permissions = new HashMap<>();

    SpecialEvents() {
        permissions.put(INTRODUCE_DOMAIN, NodePermissions.OF_DOMAIN_0);
        permissions.put(RELEASE_DOMAIN, NodePermissions.OF_DOMAIN_0);
    }

    boolean mayKnow(Client client, String name) {
        return client.may(NodePermissions.READ, permissions.get(name));
    }

    void setPermissions(Client client, String name, NodePermissions changed) {
        NodePermissions before = permissions.get(name);
        if (before == null) {
            throw new Refusal(Errno.EINVAL);
        }
        if (!client.may(NodePermissions.WRITE | NodePermissions.OWNER, before)) {
            throw new Refusal(Errno.EACCES);
        }
        permissions.put(name, changed);
    }

    void forget(int domid) {
        permissions.replaceAll((name, before) -> before.without(domid));
    }
}
