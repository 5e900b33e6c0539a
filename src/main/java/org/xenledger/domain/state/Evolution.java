// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.state;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.xenledger.domain.Incarnation;
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
import org.xenledger.domain.template.TemplatePatch;

/**
 * The fold: the only way in which a domain's state changes. Aggregate, projections, time travel, replay and import all
 * fold with it. It is a table from the kind of an event to what it does; a test holds that the table has every kind.
 */
public final class Evolution {
    private static final Map<Class<? extends DomainEvent>, BiFunction<DomainState, DomainEvent, DomainState>> TABLE =
            new HashMap<>();

    static {
        on(DomainRegistered.class, (state, event) -> state.registered(event.provisional()));
        on(DomainStarted.class, Evolution::started);
        on(StartTimeSeen.class, Evolution::startTimeSeen);
        on(DomainRenamed.class, (state, e) -> in(state, e.incarnation(), life -> life.withName(e.to())));
        on(
                MemoryTargetSet.class,
                (state, e) -> in(
                        state,
                        e.incarnation(),
                        life -> life.withKnobs(life.knobs().withMemoryTarget(e.to()))));
        on(
                StaticMaxSet.class,
                (state, e) -> in(
                        state,
                        e.incarnation(),
                        life -> life.withKnobs(life.knobs().withStaticMax(e.to()))));
        on(
                VcpusSet.class,
                (state, e) -> in(
                        state,
                        e.incarnation(),
                        life -> life.withKnobs(life.knobs().withOnlineVcpus(e.to()))));
        on(TemplateFound.class, (state, e) -> in(state, e.incarnation(), life -> life.withTemplate(e.template())));
        on(TemplateEdited.class, (state, e) -> in(state, e.incarnation(), life -> edited(life, e)));
        on(TemplateLost.class, (state, e) -> in(state, e.incarnation(), life -> life.withTemplateLost(e.reason())));
        on(LockHolderSeen.class, (state, e) -> state);
        on(DomainStopped.class, (state, e) -> in(state, e.incarnation(), life -> life.stoppedFor(e.reason())));
        on(DomainUnregistered.class, (state, e) -> state.unregistered());
        on(ReconciliationStarted.class, (state, e) -> state);
        on(FindingSeen.class, (state, e) -> state);
        on(RemedyChosen.class, (state, e) -> state);
        on(RemedyApplied.class, (state, e) -> state);
        on(RemedyFailed.class, (state, e) -> state);
        on(ReconciliationFinished.class, (state, e) -> state);
        DeviceEvolution.register();
    }

    private Evolution() {}

    /**
     * The state after one more event.
     *
     * @throws IllegalStateException when the event cannot follow on this state: the history is damaged
     */
    public static DomainState evolve(DomainState state, DomainEvent event) {
        return TABLE.get(event.getClass()).apply(state, event).next();
    }

    /** The kinds that the table has. */
    static Set<Class<? extends DomainEvent>> kinds() {
        return TABLE.keySet();
    }

    static <E extends DomainEvent> void on(Class<E> kind, BiFunction<DomainState, E, DomainState> apply) {
        TABLE.put(kind, (state, event) -> apply.apply(state, kind.cast(event)));
    }

    private static DomainState started(DomainState state, DomainStarted event) {
        return state.with(
                event.incarnation(),
                new IncarnationState(event.by().at(), null, event.name(), event.knobs(), null, null, new TreeMap<>()));
    }

    private static DomainState startTimeSeen(DomainState state, StartTimeSeen event) {
        Incarnation life = event.incarnation();
        return in(state, life, known -> known).renamed(life, life.withStartTime(event.startTime()));
    }

    private static IncarnationState edited(IncarnationState life, TemplateEdited event) {
        if (life.template() == null) {
            throw new IllegalStateException("an edit of a template that was never found");
        }
        return life.withTemplate(TemplatePatch.apply(life.template(), event.edits()));
    }

    static DomainState in(DomainState state, Incarnation incarnation, UnaryOperator<IncarnationState> change) {
        IncarnationState life = state.incarnation(incarnation)
                .orElseThrow(() -> new IllegalStateException(
                        "an event of a life that never started: domid " + incarnation.domid() + " of " + state.id()));
        return state.with(incarnation, change.apply(life));
    }
}
