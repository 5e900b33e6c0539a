// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.xenledger.domain.Owner;
import org.xenledger.domain.device.BackendPath;
import org.xenledger.domain.device.DeviceShape;
import org.xenledger.domain.device.LiveDevice;
import org.xenledger.domain.device.Online;
import org.xenledger.domain.device.XenbusState;
import org.xenledger.domain.event.DeviceEvent;
import org.xenledger.domain.event.HotplugEvent.BackendReady;
import org.xenledger.domain.event.HotplugEvent.FrontendConnected;
import org.xenledger.domain.event.HotplugEvent.HotplugCompleted;
import org.xenledger.domain.event.HotplugEvent.HotplugCompletedLate;
import org.xenledger.domain.event.HotplugEvent.HotplugEntriesWritten;
import org.xenledger.domain.event.HotplugEvent.HotplugFailed;
import org.xenledger.domain.event.HotplugEvent.HotplugRolledBack;
import org.xenledger.domain.event.HotplugEvent.HotplugStarted;
import org.xenledger.domain.event.HotplugEvent.ScriptFailed;
import org.xenledger.domain.event.HotplugEvent.ScriptStarted;
import org.xenledger.domain.event.HotplugEvent.ScriptSucceeded;
import org.xenledger.domain.event.ObservedEvent.DeviceAdopted;
import org.xenledger.domain.event.ObservedEvent.DeviceAppeared;
import org.xenledger.domain.event.ObservedEvent.DeviceChanged;
import org.xenledger.domain.event.ObservedEvent.DeviceGone;
import org.xenledger.domain.event.ObservedEvent.DeviceReconfigured;
import org.xenledger.domain.event.OperationEvent.OperationResumed;
import org.xenledger.domain.event.UnplugEvent.BackendClosing;
import org.xenledger.domain.event.UnplugEvent.DeviceClosed;
import org.xenledger.domain.event.UnplugEvent.EntriesRemoved;
import org.xenledger.domain.event.UnplugEvent.RemovalScriptRun;
import org.xenledger.domain.event.UnplugEvent.RemovalScriptStarted;
import org.xenledger.domain.event.UnplugEvent.UnplugCompleted;
import org.xenledger.domain.event.UnplugEvent.UnplugForced;
import org.xenledger.domain.event.UnplugEvent.UnplugStarted;
import org.xenledger.domain.event.UnplugEvent.UnplugTimedOut;
import org.xenledger.domain.event.XlEvent.XlChosen;
import org.xenledger.domain.event.XlEvent.XlEnded;
import org.xenledger.domain.event.XlEvent.XlStarted;
import org.xenledger.domain.event.XlEvent.XlSucceeded;
import org.xenledger.domain.event.XlEvent.XlWroteEntries;
import org.xenledger.domain.operation.PlannedNode;
import org.xenledger.domain.operation.ScriptProcess;
import org.xenledger.domain.operation.Step;
import org.xenledger.domain.state.OperationState.Direction;
import org.xenledger.domain.state.OperationState.Outcome;
import org.xenledger.domain.template.DeviceEntries;

/** What the events of devices do to the state: the part of {@link Evolution}'s table that concerns one device. */
final class DeviceEvolution {
    private DeviceEvolution() {}

    static void register() {
        Evolution.on(DeviceAppeared.class, (state, e) -> anyDevice(state, e, d -> appeared(d, e)));
        Evolution.on(DeviceChanged.class, (state, e) -> device(state, e, d -> changed(d, e)));
        Evolution.on(DeviceReconfigured.class, (state, e) -> device(state, e, d -> d.withAttributes(e.attributes())));
        Evolution.on(DeviceGone.class, (state, e) -> device(state, e, d -> gone(d, e)));
        Evolution.on(
                DeviceAdopted.class,
                (state, e) -> device(state, e, d -> d.with(d.phase(), Origin.OURS, d.operation())));

        Evolution.on(HotplugStarted.class, (state, e) -> anyDevice(state, e, d -> hotplugStarted(e)));
        ownInTemplate(
                HotplugEntriesWritten.class, (d, e) -> stepped(d, e).written(), DeviceEvolution::entriesOfPlugged);
        step(BackendReady.class);
        own(ScriptStarted.class, (d, e) -> scriptStarted(d, e, e.script()));
        step(ScriptSucceeded.class);
        step(ScriptFailed.class);
        step(FrontendConnected.class);
        ownInTemplate(HotplugCompleted.class, (d, e) -> plugged(d, e, e.live()), DeviceEvolution::entriesOfPlugged);
        ownInTemplate(HotplugCompletedLate.class, (d, e) -> plugged(d, e, e.live()), DeviceEvolution::entriesOfPlugged);
        own(
                HotplugFailed.class,
                (d, e) -> d.with(d.phase(), d.operation().failing(stepName(e), due(d, e), e.reason())));
        own(HotplugRolledBack.class, (d, e) -> detached(d, e, Outcome.ROLLED_BACK, e.reason()));

        Evolution.on(UnplugStarted.class, (state, e) -> anyDevice(state, e, d -> unplugStarted(d, e)));
        step(BackendClosing.class);
        step(DeviceClosed.class);
        own(RemovalScriptStarted.class, (d, e) -> scriptStarted(d, e, e.script()));
        step(RemovalScriptRun.class);
        ownInTemplate(EntriesRemoved.class, DeviceEvolution::stepped, DeviceEvolution::entriesOfUnplugged);
        step(UnplugForced.class);
        own(UnplugCompleted.class, (d, e) -> detached(d, e, Outcome.COMPLETED, ""));
        own(UnplugTimedOut.class, (d, e) -> d.with(Phase.DETACHING, ended(d, e, Outcome.TIMED_OUT, e.waitingFor())));
        own(
                XlChosen.class,
                (d, e) -> d.with(d.phase(), stepped(d, e).operation().withXl(e.command())));
        own(XlStarted.class, (d, e) -> scriptStarted(d, e, e.script()));
        ownInTemplate(
                XlWroteEntries.class,
                (d, e) -> stepped(d, e).withAttributes(e.attributes()),
                DeviceEvolution::entriesOfPlugged);
        step(XlSucceeded.class);
        step(XlEnded.class);
        own(
                OperationResumed.class,
                (d, e) -> d.with(d.phase(), d.operation().resumed(e.owner(), stepName(e), e.step(), e.deadline())));
    }

    private static <E extends DeviceEvent> void step(Class<E> kind) {
        own(kind, DeviceEvolution::stepped);
    }

    private static DeviceState stepped(DeviceState device, DeviceEvent event) {
        return device.with(device.phase(), device.operation().stepped(stepName(event), due(device, event)));
    }

    private static DeviceState scriptStarted(DeviceState device, DeviceEvent event, ScriptProcess script) {
        DeviceState next = stepped(device, event);
        return next.with(next.phase(), next.operation().withScript(script));
    }

    /** An event of an operation of our own, which must be the device's last one. */
    private static <E extends DeviceEvent> void own(Class<E> kind, BiFunction<DeviceState, E, DeviceState> change) {
        Evolution.on(kind, (state, e) -> device(state, e, d -> applied(d, e, change)));
    }

    /** As {@link #own}, for an event that tells that we have changed the device's entries in libxl-json, too. */
    private static <E extends DeviceEvent> void ownInTemplate(
            Class<E> kind,
            BiFunction<DeviceState, E, DeviceState> change,
            Function<DeviceState, List<ObjectNode>> entries) {
        Evolution.on(
                kind,
                (state, e) -> life(state, e, (life, device) -> {
                    DeviceState next = applied(device, e, change);
                    IncarnationState changed = life.with(e.device(), next);
                    boolean inTemplate = life.template() != null
                            && DeviceEntries.has(e.device().kind());
                    return inTemplate ? changed.withEntries(e.device(), entries.apply(next)) : changed;
                }));
    }

    private static <E extends DeviceEvent> DeviceState applied(
            DeviceState device, E event, BiFunction<DeviceState, E, DeviceState> change) {
        OperationState operation = device.operation();
        if (operation.origin() != Origin.OURS || !operation.id().equals(event.operation())) {
            throw new IllegalStateException(
                    "a " + stepName(event) + " of an operation that is not the last of " + event.device());
        }
        return change.apply(device, event);
    }

    private static List<ObjectNode> entriesOfPlugged(DeviceState device) {
        return List.of(device.entry());
    }

    /** What was taken back leaves the entry that it had replaced. */
    private static List<ObjectNode> entriesOfUnplugged(DeviceState device) {
        boolean putBack = device.operation().direction() == Direction.HOTPLUG && device.replaced() != null;
        return putBack ? List.of(device.replaced()) : List.of();
    }

    private static Step due(DeviceState device, DeviceEvent event) {
        OperationState operation = device.operation();
        return StepMachine.next(operation.direction(), operation.due(), event.getClass())
                .orElseThrow(() -> new IllegalStateException("a " + stepName(event) + " of " + event.device()
                        + " cannot follow where its operation stands: " + operation.due()));
    }

    private static DeviceState plugged(DeviceState device, DeviceEvent event, LiveDevice live) {
        return device.with(Phase.ATTACHED, ended(device, event, Outcome.COMPLETED, ""))
                .withLive(live, event.by().at());
    }

    private static DeviceState detached(DeviceState device, DeviceEvent event, Outcome outcome, String reason) {
        return device.with(Phase.DETACHED, ended(device, event, outcome, reason))
                .withLive(null, event.by().at());
    }

    private static DomainState device(DomainState state, DeviceEvent event, UnaryOperator<DeviceState> change) {
        return life(state, event, (life, device) -> life.with(event.device(), change.apply(device)));
    }

    private static DomainState life(
            DomainState state, DeviceEvent event, BiFunction<IncarnationState, DeviceState, IncarnationState> change) {
        return Evolution.in(state, event.incarnation(), life -> {
            DeviceState device = life.devices().get(event.device());
            if (device == null) {
                throw new IllegalStateException(
                        "a " + stepName(event) + " of " + event.device() + ", which never appeared");
            }
            return change.apply(life, device);
        });
    }

    /** As {@link #device}, for the events that may be the first of their device. */
    private static DomainState anyDevice(DomainState state, DeviceEvent event, UnaryOperator<DeviceState> change) {
        return Evolution.in(
                state,
                event.incarnation(),
                life -> life.with(event.device(), change.apply(life.devices().get(event.device()))));
    }

    private static DeviceState appeared(DeviceState before, DeviceAppeared event) {
        OperationState operation = observed(event, Direction.HOTPLUG);
        return new DeviceState(
                phaseOf(Phase.UNKNOWN, event, event.live(), event.attributes()),
                Origin.OTHERS,
                event.live(),
                DeviceState.shares(event.live()),
                event.attributes(),
                before == null ? null : before.entry(),
                null,
                List.of(),
                settledBy(operation, event.live(), event),
                event.by().at());
    }

    /** Somebody who sets online to 0 has begun to take the device away: a new operation, not the one that brought it. */
    private static DeviceState changed(DeviceState before, DeviceChanged event) {
        boolean sameOperation =
                before.operation() != null && before.operation().id().equals(event.operation());
        Direction direction = event.live().online() == Online.NO ? Direction.UNPLUG : Direction.HOTPLUG;
        OperationState operation = sameOperation ? before.operation() : observed(event, direction);
        Phase phase = phaseOf(before.phase(), event, event.live(), before.attributes());
        return before.with(phase, settledBy(operation, event.live(), event))
                .withLive(event.live(), event.by().at());
    }

    /** Others' device counts as attached from the moment it is in order; until then it is half-plugged. */
    private static Phase phaseOf(Phase before, DeviceEvent event, LiveDevice live, Map<String, String> attributes) {
        DeviceShape shape = DeviceShape.of(event.device().kind(), BackendPath.kindIn(attributes));
        return before == Phase.UNKNOWN && shape.inOrder(live) ? Phase.ATTACHED : before;
    }

    private static DeviceState gone(DeviceState before, DeviceGone event) {
        boolean sameOperation =
                before.operation() != null && before.operation().id().equals(event.operation());
        OperationState operation = sameOperation ? before.operation() : observed(event, Direction.UNPLUG);
        return before.with(
                        Phase.DETACHED,
                        operation.ended(
                                stepName(event),
                                null,
                                Outcome.COMPLETED,
                                event.by().at(),
                                ""))
                .withLive(null, event.by().at());
    }

    private static DeviceState hotplugStarted(HotplugStarted event) {
        OperationState operation = ours(event, Direction.HOTPLUG, Step.WRITING, event.owner(), event.deadline());
        return new DeviceState(
                Phase.ATTACHING,
                Origin.OURS,
                null,
                false,
                libxlAttributes(event),
                event.entry(),
                event.previousEntry(),
                event.nodes(),
                operation,
                event.by().at());
    }

    /** What will stand in libxl's own entry of the device. */
    private static Map<String, String> libxlAttributes(HotplugStarted event) {
        String entry = "/libxl/" + event.incarnation().domid() + "/device/" + event.device() + "/";
        Map<String, String> attributes = new TreeMap<>();
        for (PlannedNode node : event.nodes()) {
            if (node.path().startsWith(entry) && !LiveDevice.tells(node.path().substring(entry.length()))) {
                attributes.put(node.path().substring(entry.length()), node.value());
            }
        }
        return attributes;
    }

    private static DeviceState unplugStarted(DeviceState before, UnplugStarted event) {
        Step first = event.force() ? Step.FORCING : Step.CLOSE_DUE;
        OperationState operation = ours(event, Direction.UNPLUG, first, event.owner(), event.deadline());
        DeviceState known = before != null
                ? before
                : new DeviceState(
                        Phase.ATTACHED,
                        Origin.OTHERS,
                        null,
                        false,
                        Map.of(),
                        null,
                        null,
                        List.of(),
                        null,
                        event.by().at());
        return known.with(Phase.DETACHING, Origin.OURS, operation);
    }

    private static OperationState ours(
            DeviceEvent event, Direction direction, Step first, Owner owner, Instant deadline) {
        return new OperationState(
                event.operation(),
                direction,
                Origin.OURS,
                event.by().actor(),
                owner,
                Outcome.OPEN,
                stepName(event),
                first,
                List.of(),
                null,
                event.by().at(),
                deadline,
                null,
                "");
    }

    private static OperationState observed(DeviceEvent event, Direction direction) {
        return new OperationState(
                event.operation(),
                direction,
                Origin.OTHERS,
                event.by().actor(),
                null,
                Outcome.OPEN,
                stepName(event),
                null,
                List.of(),
                null,
                event.by().at(),
                null,
                null,
                "");
    }

    /** Others' hotplug has ended when both ends are connected; libxl itself does not tell us. Ours has its own end. */
    private static OperationState settledBy(OperationState operation, LiveDevice live, DeviceEvent event) {
        if (operation.open()
                && operation.origin() == Origin.OTHERS
                && operation.direction() == Direction.HOTPLUG
                && live.frontend() == XenbusState.CONNECTED
                && live.backend() == XenbusState.CONNECTED) {
            return operation.ended(
                    stepName(event), null, Outcome.COMPLETED, event.by().at(), "");
        }
        return operation.open() && operation.origin() == Origin.OTHERS
                ? operation.stepped(stepName(event), null)
                : operation;
    }

    private static OperationState ended(DeviceState device, DeviceEvent event, Outcome outcome, String reason) {
        return device.operation()
                .ended(stepName(event), due(device, event), outcome, event.by().at(), reason);
    }

    private static String stepName(DeviceEvent event) {
        return event.getClass().getSimpleName();
    }
}
