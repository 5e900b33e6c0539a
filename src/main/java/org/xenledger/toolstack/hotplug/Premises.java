// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.hotplug;

import java.util.Optional;
import org.xenledger.domain.operation.EffectException;
import org.xenledger.domain.operation.Target;
import org.xenledger.xenstore.client.Nodes;
import org.xenledger.xenstore.client.RefusedException;

/** What must still be so when a change is made; read within the transaction that makes it. */
final class Premises {
    private static final String MISSING = "ENOENT";

    private Premises() {}

    /** A node's value; empty where there is none. */
    static Optional<String> value(Nodes nodes, String path) {
        try {
            return Optional.of(nodes.read(path));
        } catch (RefusedException e) {
            if (e.is(MISSING)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Refuses when the domain is not the life that the operation is about. */
    static void sameLife(Nodes nodes, Target target) {
        if (!isSameLife(nodes, target)) {
            throw new EffectException("domid " + target.life().domid() + " is no longer that life of "
                    + target.domain().abbreviated() + ": nothing was changed");
        }
    }

    static boolean isSameLife(Nodes nodes, Target target) {
        String vm = "/vm/" + target.domain().value();
        boolean sameVm = value(nodes, home(target) + "/vm").filter(vm::equals).isPresent();
        String began = target.life().startTime();
        return sameVm
                && (began.isEmpty()
                        || value(nodes, vm + "/start_time")
                                .filter(began::equals)
                                .isPresent());
    }

    /** Whether the domid is another life's now. Where it is nobody's, what is left there is left over. */
    static boolean isOthers(Nodes nodes, Target target) {
        return value(nodes, home(target) + "/vm").isPresent() && !isSameLife(nodes, target);
    }

    static String home(Target target) {
        return "/local/domain/" + target.life().domid();
    }
}
