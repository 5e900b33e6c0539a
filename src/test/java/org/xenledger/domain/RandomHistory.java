// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.domain.event.LifecycleEvent.DomainRegistered;
import org.xenledger.domain.event.LifecycleEvent.DomainRenamed;
import org.xenledger.domain.event.LifecycleEvent.DomainStarted;
import org.xenledger.domain.event.LifecycleEvent.DomainStopped;
import org.xenledger.domain.event.LifecycleEvent.DomainUnregistered;
import org.xenledger.domain.event.LifecycleEvent.LockHolderSeen;
import org.xenledger.domain.event.LifecycleEvent.MemoryTargetSet;
import org.xenledger.domain.event.LifecycleEvent.StartTimeSeen;
import org.xenledger.domain.event.LifecycleEvent.StaticMaxSet;
import org.xenledger.domain.event.LifecycleEvent.TemplateEdited;
import org.xenledger.domain.event.LifecycleEvent.TemplateFound;
import org.xenledger.domain.event.LifecycleEvent.TemplateLost;
import org.xenledger.domain.event.LifecycleEvent.VcpusSet;
import org.xenledger.domain.event.ReconciliationEvent.FindingSeen;
import org.xenledger.domain.event.ReconciliationEvent.ReconciliationFinished;
import org.xenledger.domain.event.ReconciliationEvent.ReconciliationStarted;
import org.xenledger.domain.event.ReconciliationEvent.RemedyApplied;
import org.xenledger.domain.event.ReconciliationEvent.RemedyChosen;
import org.xenledger.domain.event.ReconciliationEvent.RemedyFailed;
import org.xenledger.domain.event.StopReason;
import org.xenledger.domain.state.DomainState;
import org.xenledger.domain.state.Evolution;
import org.xenledger.domain.state.IncarnationState;
import org.xenledger.domain.template.TemplateDiff;

/** A history in the making: each step adds one event that the state so far allows. */
final class RandomHistory {
    private static final StreamId STREAM = StreamId.ofUuid("11111111-2222-3333-4444-555555555555");
    private static final int MOST_LIVES = 4;

    private final List<DomainEvent> events = new ArrayList<>();
    private DomainState state = DomainState.unknown(STREAM);
    private Instant now = Instant.parse("2026-03-01T10:00:00Z");

    List<DomainEvent> events() {
        return List.copyOf(events);
    }

    void step(Random random) {
        now = now.plusMillis(1 + random.nextInt(5000));
        Provenance by = new Provenance(
                random.nextBoolean() ? "agent" : "root", host(random.nextInt(2)), "record " + events.size(), now);
        DomainEvent event = next(random, by);
        state = Evolution.evolve(state, event);
        events.add(event);
    }

    private DomainEvent next(Random random, Provenance by) {
        if (!state.registered()) {
            return new DomainRegistered(by, random.nextBoolean());
        }
        int lives = state.incarnations().size();
        if (lives == 0 || (lives < MOST_LIVES && random.nextInt(25) == 0)) {
            return new DomainStarted(by, life(lives), "guest" + lives, Knobs.UNKNOWN);
        }
        Incarnation life = List.copyOf(state.incarnations().keySet()).get(random.nextInt(lives));
        IncarnationState known = state.incarnations().get(life);
        return switch (random.nextInt(10)) {
            case 0, 1 -> knob(random, by, life, known);
            case 2 -> template(random, by, life, known);
            case 3 -> reconciliation(random, by, life);
            case 4 -> rare(random, by, life);
            default -> new RandomDevice(random, by, life, events.size()).next(known);
        };
    }

    private DomainEvent knob(Random random, Provenance by, Incarnation life, IncarnationState known) {
        long kib = 1024L * random.nextInt(4096);
        return switch (random.nextInt(4)) {
            case 0 -> new DomainRenamed(by, life, known.name(), "guest-" + random.nextInt(9));
            case 1 -> new MemoryTargetSet(by, life, known.knobs().memoryTargetKib(), kib);
            case 2 -> new StaticMaxSet(by, life, known.knobs().staticMaxKib(), random.nextBoolean() ? null : kib);
            default -> new VcpusSet(by, life, known.knobs().onlineVcpus(), List.of(0, 1 + random.nextInt(3)));
        };
    }

    private DomainEvent template(Random random, Provenance by, Incarnation life, IncarnationState known) {
        ObjectNode next = new RandomRecords(random).object();
        if (known.template() == null) {
            return new TemplateFound(by, life, next);
        }
        return random.nextInt(6) == 0
                ? new TemplateLost(by, life, "gone")
                : new TemplateEdited(by, life, TemplateDiff.between(known.template(), next));
    }

    private static DomainEvent reconciliation(Random random, Provenance by, Incarnation life) {
        return switch (random.nextInt(6)) {
            case 0 -> new ReconciliationStarted(by, life, "pass");
            case 1 -> new FindingSeen(by, life, "pass", "vbd/51712", "report", "half-plugged");
            case 2 -> new RemedyChosen(by, life, "pass", "vbd/51712", "roll back");
            case 3 -> new RemedyApplied(by, life, "pass", "vbd/51712", "roll back");
            case 4 -> new RemedyFailed(by, life, "pass", "vbd/51712", "roll back", "busy");
            default -> new ReconciliationFinished(by, life, "pass", "");
        };
    }

    private static DomainEvent rare(Random random, Provenance by, Incarnation life) {
        return switch (random.nextInt(5)) {
            case 0 -> new DomainStopped(by, life, List.of(StopReason.values()).get(random.nextInt(9)));
            case 1 -> new DomainUnregistered(by);
            case 2 ->
                life.startTime().isEmpty()
                        ? new StartTimeSeen(by, life, "17400001" + life.domid())
                        : new LockHolderSeen(by, life, 1, "xl destroy", null);
            default -> new LockHolderSeen(by, life, 4711, "xl list", random.nextBoolean() ? null : 1000L);
        };
    }

    private static Incarnation life(int number) {
        return new Incarnation(host(number % 2), 5 + number, number % 2 == 1 ? "" : "17400000" + number);
    }

    private static HostIdentity host(int number) {
        return new HostIdentity(
                "xen" + number,
                Map.of(0, "", 1, "c0ffee00-0000-4000-8000-000000000001").get(number));
    }
}
