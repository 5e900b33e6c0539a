// SPDX-License-Identifier: Apache-2.0
package org.xenledger.reconcile;

import java.util.List;
import java.util.Set;
import org.xenledger.domain.HostIdentity;
import org.xenledger.domain.Incarnation;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.view.DomainView;
import org.xenledger.domain.view.StoreView;
import org.xenledger.domain.view.TemplateFile;

/**
 * One look at a whole host.
 *
 * @param domains the lives that were seen, by domid
 * @param orphans libxl-json files of domids, or of uuids, that no live domain has
 * @param unnamed domids that xenstore has and of which neither a file nor {@code ~/vm} says whose they are
 * @param store what xenstore shows beside its domains
 */
public record HostView(
        HostIdentity host,
        List<DomainView> domains,
        List<TemplateFile> orphans,
        Set<Integer> unnamed,
        StoreView store) {
    /** Why it is not known which domains there are; empty when it is. */
    public String incomplete() {
        return store.unlisted().isEmpty() && store.missing().contains(StoreView.DOMAIN_0)
                ? "there is no " + StoreView.DOMAIN_0 + ": the store is in trouble, or this is not all of it"
                : store.unlisted();
    }

    /**
     * Whether a life that this look does not show may go on all the same: it is not known which domains there are, nobody
     * says whose its domid is, or the domain's libxl-json is still there - as when somebody's destroy died half way.
     */
    public boolean inDoubt(StreamId stream, Incarnation life) {
        return !incomplete().isEmpty() || unnamed.contains(life.domid()) || hasOrphan(stream, life);
    }

    /** Whether a life that xenstore does not show has left its libxl-json. */
    public boolean hasOrphan(StreamId stream, Incarnation life) {
        return orphans.stream()
                .anyMatch(file -> file.domid() == life.domid() && file.uuid().equals(stream.value()));
    }
}
