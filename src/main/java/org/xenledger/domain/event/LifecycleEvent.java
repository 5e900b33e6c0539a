// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.xenledger.domain.Incarnation;
import org.xenledger.domain.Knobs;
import org.xenledger.domain.Provenance;
import org.xenledger.domain.template.TemplateEdit;

/** What happens to a domain as a whole. */
public sealed interface LifecycleEvent extends DomainEvent {
    /**
     * The domain is in the ledger from now on.
     *
     * @param provisional whether its uuid is only {@code ~/vm}'s word, no libxl-json file's
     */
    record DomainRegistered(Provenance by, boolean provisional) implements LifecycleEvent {}

    /** A life of the domain was first seen, or began. */
    record DomainStarted(Provenance by, Incarnation incarnation, String name, Knobs knobs) implements LifecycleEvent {}

    /**
     * The start time of a life that was first seen without one, while the domain was being created. It is the same life:
     * later events name it with its start time.
     *
     * @param incarnation as it was named until now
     */
    record StartTimeSeen(Provenance by, Incarnation incarnation, String startTime) implements LifecycleEvent {}

    /** {@code ~/name} changed; libxl-json keeps the old name (libxl__domain_rename). */
    record DomainRenamed(Provenance by, Incarnation incarnation, String from, String to) implements LifecycleEvent {}

    /** {@code ~/memory/target} changed, in KiB. */
    record MemoryTargetSet(Provenance by, Incarnation incarnation, Long from, Long to) implements LifecycleEvent {}

    /** {@code ~/memory/static-max} changed, in KiB. */
    record StaticMaxSet(Provenance by, Incarnation incarnation, Long from, Long to) implements LifecycleEvent {}

    /** Other vcpus are online than before. */
    record VcpusSet(Provenance by, Incarnation incarnation, List<Integer> from, List<Integer> to)
            implements LifecycleEvent {}

    /** A libxl-json file was found where none was known, secrets replaced by fingerprints. */
    record TemplateFound(Provenance by, Incarnation incarnation, ObjectNode template) implements LifecycleEvent {}

    /** Somebody else edited libxl-json. */
    record TemplateEdited(Provenance by, Incarnation incarnation, List<TemplateEdit> edits) implements LifecycleEvent {}

    /** The libxl-json file is gone or cannot be read; {@code reason} says which. What it last said stays known. */
    record TemplateLost(Provenance by, Incarnation incarnation, String reason) implements LifecycleEvent {}

    /**
     * Somebody held libxl's lock of the domain. A claim, as good as /proc was at that moment.
     *
     * @param loginUid the audit login uid; null where there is none
     */
    record LockHolderSeen(Provenance by, Incarnation incarnation, long pid, String commandLine, Long loginUid)
            implements LifecycleEvent {}

    /** This life ended. */
    record DomainStopped(Provenance by, Incarnation incarnation, StopReason reason) implements LifecycleEvent {}

    /** Nothing of the domain is left and nothing more is expected. */
    record DomainUnregistered(Provenance by) implements LifecycleEvent {}
}
