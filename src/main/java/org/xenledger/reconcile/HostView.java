// SPDX-License-Identifier: Apache-2.0
package org.xenledger.reconcile;

import java.util.List;
import org.xenledger.domain.HostIdentity;
import org.xenledger.domain.Incarnation;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.view.DomainView;
import org.xenledger.domain.view.TemplateFile;

/**
 * One look at a whole host.
 *
 * @param domains the lives that were seen, by domid
 * @param orphans libxl-json files of domids, or of uuids, that no live domain has
 * @param leftovers backend directories of domids that xenstore has nothing else of
 * @param incomplete why the look at xenstore is not the whole of it; empty when it is
 */
public record HostView(
        HostIdentity host,
        List<DomainView> domains,
        List<TemplateFile> orphans,
        List<String> leftovers,
        String incomplete) {
    /**
     * Whether a life that this look does not show may go on all the same: the look is not whole, or the domain's libxl-json
     * is still there - as when xenstored lost its store, or somebody's destroy died half way.
     */
    public boolean mayLive(StreamId stream, Incarnation life) {
        return !incomplete.isEmpty()
                || orphans.stream()
                        .anyMatch(file ->
                                file.domid() == life.domid() && file.uuid().equals(stream.value()));
    }
}
