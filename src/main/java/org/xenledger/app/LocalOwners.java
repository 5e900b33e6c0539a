// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app;

import org.xenledger.domain.HostIdentity;
import org.xenledger.domain.Owner;
import org.xenledger.reconcile.Owners;
import org.xenledger.reconcile.verdict.OwnerStatus;
import org.xenledger.toolstack.process.ProcessIdentity;

/** The processes of this boot of this host, from /proc. Of another host nothing is known. */
record LocalOwners(HostIdentity here) implements Owners {
    @Override
    public OwnerStatus statusOf(Owner owner) {
        boolean comparable = !here.bootId().isEmpty() && !owner.host().bootId().isEmpty();
        if (!owner.host().host().equals(here.host()) || !comparable) {
            return OwnerStatus.UNKNOWN;
        }
        boolean lives = owner.host().equals(here) && new ProcessIdentity(owner.pid(), owner.processStart()).alive();
        return lives ? OwnerStatus.ALIVE : OwnerStatus.DEAD;
    }
}
