// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xenledger.domain.Incarnation;
import org.xenledger.domain.Knobs;
import org.xenledger.domain.Provenance;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.domain.event.LifecycleEvent.DomainRegistered;
import org.xenledger.domain.event.LifecycleEvent.DomainRenamed;
import org.xenledger.domain.event.LifecycleEvent.DomainStarted;
import org.xenledger.domain.event.LifecycleEvent.DomainStopped;
import org.xenledger.domain.event.LifecycleEvent.MemoryTargetSet;
import org.xenledger.domain.event.LifecycleEvent.StartTimeSeen;
import org.xenledger.domain.event.LifecycleEvent.StaticMaxSet;
import org.xenledger.domain.event.LifecycleEvent.TemplateEdited;
import org.xenledger.domain.event.LifecycleEvent.TemplateFound;
import org.xenledger.domain.event.LifecycleEvent.TemplateLost;
import org.xenledger.domain.event.LifecycleEvent.VcpusSet;
import org.xenledger.domain.event.StopReason;
import org.xenledger.domain.state.DeviceState;
import org.xenledger.domain.state.DomainState;
import org.xenledger.domain.state.Evolution;
import org.xenledger.domain.state.IncarnationState;
import org.xenledger.domain.template.DeviceEntries;
import org.xenledger.domain.template.TemplateDiff;
import org.xenledger.domain.template.TemplateEdit;
import org.xenledger.domain.view.DomainView;
import org.xenledger.domain.view.LiveView;
import org.xenledger.domain.view.TemplateView;

/**
 * Records what one look showed of a domain: the events say what changed since the last look. The same look twice gives
 * no event the second time.
 *
 * @param views the lives of this domain that were seen, without secrets; empty when it is in no view
 * @param inDoubt domids of which nothing is taken for gone only because the look lacks it: the look was not whole, the
 *     store is in trouble, or the domain's libxl-json is still there. Only a domain that is gone from every view has ended
 */
public record Observe(StreamId stream, Provenance by, List<DomainView> views, Set<Integer> inDoubt)
        implements DomainCommand {
    @Override
    public List<DomainEvent> decide(DomainState state) {
        return new Decision(state).decide();
    }

    /** One decision: the state as it will be after the events decided so far. */
    private final class Decision {
        private final List<DomainEvent> events = new ArrayList<>();
        private DomainState state;

        private Decision(DomainState state) {
            this.state = state;
        }

        private List<DomainEvent> decide() {
            views.forEach(this::learnStartTime);
            stopWhatIsGone();
            views.forEach(this::observe);
            return List.copyOf(events);
        }

        private void happens(DomainEvent event) {
            events.add(event);
            state = Evolution.evolve(state, event);
        }

        private void learnStartTime(DomainView view) {
            Incarnation seen = view.incarnation();
            Incarnation known = state.named(seen);
            if (!known.equals(seen)) {
                happens(new StartTimeSeen(by, known, seen.startTime()));
            }
        }

        /** A life of another host is that host's to tell; a life of this host's earlier boot cannot go on. */
        private void stopWhatIsGone() {
            state.incarnations().forEach((life, known) -> {
                boolean here = life.host().host().equals(by.host().host());
                boolean seen =
                        views.stream().anyMatch(view -> view.incarnation().equals(life));
                boolean otherBoot = !life.host().bootId().equals(by.host().bootId());
                if (known.running() && here && !seen && (otherBoot || !inDoubt.contains(life.domid()))) {
                    happens(new DomainStopped(by, life, otherBoot ? StopReason.HOST_REBOOTED : StopReason.VANISHED));
                }
            });
        }

        private void observe(DomainView view) {
            if (!state.registered()) {
                happens(new DomainRegistered(by, view.provisional()));
            }
            Incarnation life = view.incarnation();
            LiveView live = view.live();
            Optional<IncarnationState> known = state.incarnation(life);
            if (known.isEmpty() || known.get().stopped() == StopReason.VANISHED) {
                happens(new DomainStarted(by, life, live.name(), live.knobs()));
            } else if (live.whole() && live.home()) {
                rename(life, known.get().name(), live.name());
                knobs(life, known.get().knobs(), live.knobs());
            }
            template(life, view.template());
            if (live.devicesKnown()) {
                boolean absentIsGone = !inDoubt.contains(life.domid());
                new DeviceObservation(by, life, absentIsGone, this::happens, () -> state).compare(live);
            }
        }

        private void rename(Incarnation life, String from, String to) {
            if (isNew(from, to)) {
                happens(new DomainRenamed(by, life, from, to));
            }
        }

        private void knobs(Incarnation life, Knobs from, Knobs to) {
            if (isNew(from.memoryTargetKib(), to.memoryTargetKib())) {
                happens(new MemoryTargetSet(by, life, from.memoryTargetKib(), to.memoryTargetKib()));
            }
            if (isNew(from.staticMaxKib(), to.staticMaxKib())) {
                happens(new StaticMaxSet(by, life, from.staticMaxKib(), to.staticMaxKib()));
            }
            if (isNew(from.onlineVcpus(), to.onlineVcpus())) {
                happens(new VcpusSet(by, life, from.onlineVcpus(), to.onlineVcpus()));
            }
        }

        /** A node that is missing says nothing: the domain keeps the value that it had. */
        private static boolean isNew(Object from, Object to) {
            return to != null && !to.equals(from);
        }

        private void template(Incarnation life, TemplateView view) {
            IncarnationState known = state.incarnation(life).orElseThrow();
            if (view instanceof TemplateView.Present present) {
                if (known.template() == null || known.templateLost() != null) {
                    happens(new TemplateFound(by, life, present.tree()));
                    return;
                }
                ObjectNode others = withoutOurs(known, present.tree());
                List<TemplateEdit> edits = TemplateDiff.between(known.template(), others);
                if (!edits.isEmpty()) {
                    happens(new TemplateEdited(by, life, edits));
                }
            } else if (view instanceof TemplateView.Unreadable unreadable) {
                lost(life, known, unreadable.reason());
            } else if (known.template() != null || known.templateLost() != null) {
                lost(life, known, "the file is gone");
            }
        }

        /** The tree as it would be had our own operations under way not touched it: they tell that themselves. */
        private static ObjectNode withoutOurs(IncarnationState known, ObjectNode seen) {
            ObjectNode others = seen;
            for (Map.Entry<DeviceKey, DeviceState> device : known.devices().entrySet()) {
                DeviceKey key = device.getKey();
                boolean ours =
                        device.getValue().inOurHands() || device.getValue().awaitsGuest();
                if (ours && DeviceEntries.has(key.kind())) {
                    others = DeviceEntries.with(others, key, DeviceEntries.of(known.template(), key));
                }
            }
            return others;
        }

        private void lost(Incarnation life, IncarnationState known, String reason) {
            if (!reason.equals(known.templateLost())) {
                happens(new TemplateLost(by, life, reason));
            }
        }
    }
}
