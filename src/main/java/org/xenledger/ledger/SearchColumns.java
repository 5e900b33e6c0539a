// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import org.xenledger.domain.event.DeviceEvent;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.domain.event.ReconciliationEvent.FindingSeen;
import org.xenledger.domain.event.ReconciliationEvent.RemedyApplied;
import org.xenledger.domain.event.ReconciliationEvent.RemedyChosen;
import org.xenledger.domain.event.ReconciliationEvent.RemedyFailed;

/**
 * What of an event can be searched for. Copies of what the payload says, so outside the hash: who checks the ledger
 * derives them again.
 *
 * @param device the device, or what else a finding is about; null where there is none
 * @param operation null where the event is no step of one
 */
public record SearchColumns(String device, String operation, String actor, String host) {
    public static SearchColumns of(DomainEvent event) {
        String actor = event.by().actor();
        String host = event.by().host().host();
        if (event instanceof DeviceEvent step) {
            return new SearchColumns(step.device().toString(), step.operation(), actor, host);
        }
        return new SearchColumns(subject(event), null, actor, host);
    }

    private static String subject(DomainEvent event) {
        if (event instanceof FindingSeen finding) {
            return finding.subject();
        } else if (event instanceof RemedyChosen chosen) {
            return chosen.subject();
        } else if (event instanceof RemedyApplied applied) {
            return applied.subject();
        }
        return event instanceof RemedyFailed failed ? failed.subject() : null;
    }
}
