// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import java.util.List;

/** Requests about domains, all but one for the privileged only: tools/xenstored/domain.c. */
final class DomainRequests {
    /** The domid that means the caller: DOMID_SELF. */
    private static final int SELF = 0x7FF0;

    private final Domains domains;
    private final DomainLife life;

    DomainRequests(Domains domains, DomainLife life) {
        this.domains = domains;
        this.life = life;
    }

    void introduce(Call call) {
        List<String> strings = call.atLeast(3);
        if (Numbers.atoi(strings.get(2)) <= 0) {
            throw new Refusal(Errno.EINVAL);
        }
        if (!life.introduce(Numbers.atoi(strings.get(0)))) {
            throw new Refusal(Errno.ENOENT);
        }
        call.acknowledge();
    }

    void release(Call call) {
        life.release(connected(guestOf(call)));
        call.acknowledge();
    }

    /** The next shutdown is told again. */
    void resume(Call call) {
        connected(guestOf(call)).shutDown = false;
        call.acknowledge();
    }

    void setTarget(Call call) {
        List<String> strings = call.atLeast(2);
        Domain domain = connected(Numbers.atoi(strings.get(0)));
        domain.serve(connected(Numbers.atoi(strings.get(1))));
        call.acknowledge();
    }

    private static int guestOf(Call call) {
        int domid = Numbers.atoi(call.onlyString());
        if (domid == 0) {
            throw new Refusal(Errno.EINVAL);
        }
        return domid;
    }

    private Domain connected(int domid) {
        Domain domain = domains.findIntroduced(domid);
        if (domain == null) {
            throw new Refusal(Errno.ENOENT);
        }
        if (!domain.connected) {
            throw new Refusal(Errno.EINVAL);
        }
        return domain;
    }

    void getDomainPath(Call call) {
        call.reply(NodePath.ofDomain(Numbers.atoi(call.onlyString())) + '\0');
    }

    void isDomainIntroduced(Call call) {
        int domid = Numbers.atoi(call.onlyString());
        call.reply(domid == SELF || domains.findIntroduced(domid) != null ? "T\0" : "F\0");
    }
}
