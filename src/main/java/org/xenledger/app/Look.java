// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app;

import java.time.Instant;
import org.xenledger.domain.Incarnation;
import org.xenledger.domain.state.DomainState;
import org.xenledger.reconcile.HostView;

/**
 * One look at the world.
 *
 * @param at when it was taken
 */
public record Look(HostView host, Instant at) {
    /** Whether it shows this life of a domain; what it does not show it says nothing about. */
    public boolean shows(DomainState domain, Incarnation life) {
        return host.domains().stream()
                .anyMatch(view -> view.stream().equals(domain.id())
                        && domain.named(view.incarnation()).equals(life));
    }
}
