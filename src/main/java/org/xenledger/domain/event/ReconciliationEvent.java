// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.event;

import org.xenledger.domain.Incarnation;
import org.xenledger.domain.Provenance;

/** What the reconciliation found and did. A subject is a device ({@code vbd/51712}), a knob, or {@code domain}. */
public sealed interface ReconciliationEvent extends DomainEvent {
    Incarnation incarnation();

    /** The pass that this belongs to. */
    String pass();

    record ReconciliationStarted(Provenance by, Incarnation incarnation, String pass) implements ReconciliationEvent {}

    record FindingSeen(
            Provenance by, Incarnation incarnation, String pass, String subject, String verdict, String reason)
            implements ReconciliationEvent {}

    record RemedyChosen(Provenance by, Incarnation incarnation, String pass, String subject, String remedy)
            implements ReconciliationEvent {}

    record RemedyApplied(Provenance by, Incarnation incarnation, String pass, String subject, String remedy)
            implements ReconciliationEvent {}

    record RemedyFailed(
            Provenance by, Incarnation incarnation, String pass, String subject, String remedy, String reason)
            implements ReconciliationEvent {}

    /** @param left why something is left to the operator; empty when the views agree */
    record ReconciliationFinished(Provenance by, Incarnation incarnation, String pass, String left)
            implements ReconciliationEvent {}
}
