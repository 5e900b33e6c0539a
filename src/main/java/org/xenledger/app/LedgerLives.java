// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.xenledger.domain.HostIdentity;
import org.xenledger.domain.Incarnation;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.state.DomainState;
import org.xenledger.domain.state.IncarnationState;
import org.xenledger.reconcile.Identification;

/** The lives that the ledger knows on one boot of one host. */
record LedgerLives(HostIdentity host, Collection<DomainState> states) implements Identification.KnownLives {
    @Override
    public boolean had(String uuid, int domid, String startTime) {
        return lives(StreamId.ofUuid(uuid), domid)
                .filter(life ->
                        known(startTime, life.getKey()) || !life.getValue().running())
                .anyMatch(life -> !life.getKey().startTime().equals(startTime));
    }

    @Override
    public Optional<String> start(StreamId stream, int domid) {
        return lives(stream, domid)
                .filter(life -> life.getValue().running())
                .map(life -> life.getKey().startTime())
                .findFirst();
    }

    /** A life that runs and has no start time yet, on either side, may be the same one. */
    private static boolean known(String startTime, Incarnation life) {
        return !startTime.isEmpty() && !life.startTime().isEmpty();
    }

    private Stream<Map.Entry<Incarnation, IncarnationState>> lives(StreamId stream, int domid) {
        return states.stream()
                .filter(state -> state.id().equals(stream))
                .flatMap(state -> state.incarnations().entrySet().stream())
                .filter(life ->
                        life.getKey().domid() == domid && life.getKey().host().equals(host));
    }
}
