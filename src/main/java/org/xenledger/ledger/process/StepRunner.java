// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.process;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xenledger.domain.Incarnation;
import org.xenledger.domain.Provenance;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.device.BackendPath;
import org.xenledger.domain.device.DeviceKey;
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
import org.xenledger.domain.event.UnplugEvent.BackendClosing;
import org.xenledger.domain.event.UnplugEvent.DeviceClosed;
import org.xenledger.domain.event.UnplugEvent.EntriesRemoved;
import org.xenledger.domain.event.UnplugEvent.RemovalScriptRun;
import org.xenledger.domain.event.UnplugEvent.RemovalScriptStarted;
import org.xenledger.domain.event.UnplugEvent.UnplugCompleted;
import org.xenledger.domain.event.UnplugEvent.UnplugForced;
import org.xenledger.domain.event.UnplugEvent.UnplugTimedOut;
import org.xenledger.domain.event.XlEvent.XlStarted;
import org.xenledger.domain.operation.Effect;
import org.xenledger.domain.operation.EffectException;
import org.xenledger.domain.operation.ScriptAction;
import org.xenledger.domain.operation.ScriptProcess;
import org.xenledger.domain.operation.Step;
import org.xenledger.domain.operation.Target;
import org.xenledger.domain.operation.Toolstack;
import org.xenledger.domain.operation.UnfinishedException;
import org.xenledger.domain.state.DeviceState;
import org.xenledger.domain.state.OperationState;
import org.xenledger.domain.state.OperationState.Direction;

/** Does what is due at one step of one operation; the events that tell how it went are its result. */
final class StepRunner {
    private final Toolstack toolstack;
    private final Clock clock;
    private final Incarnation life;
    private final DeviceKey key;
    private final DeviceState device;
    private final OperationState operation;
    private final Target target;
    private boolean tried;

    /** @param tried whether this process tried the step before, and what came of it is not known */
    StepRunner(
            Toolstack toolstack,
            Clock clock,
            StreamId domain,
            Incarnation life,
            DeviceKey key,
            DeviceState device,
            boolean tried) {
        this.toolstack = toolstack;
        this.clock = clock;
        this.life = life;
        this.key = key;
        this.device = device;
        this.operation = device.operation();
        this.target = new Target(domain, life, key, backend());
        this.tried = tried;
    }

    /** Does the step's effect; empty where it has none. */
    List<DeviceEvent> run() {
        try {
            return switch (operation.due().effect()) {
                case NONE -> List.of();
                case WRITE_ENTRIES -> writeEntries();
                case AWAIT_BACKEND -> awaitBackend();
                case PREPARE_SCRIPT -> prepareScript();
                case RUN_SCRIPT -> runScript();
                case AWAIT_FRONTEND -> awaitFrontend();
                case CLOSE_BACKEND -> closeBackend();
                case AWAIT_CLOSED -> awaitClosed();
                case FORCE_CLOSE -> forceClose();
                case PREPARE_REMOVAL_SCRIPT -> prepareRemovalScript();
                case RUN_REMOVAL_SCRIPT -> runRemovalScript();
                case REMOVE_ENTRIES -> removeEntries();
                case PREPARE_XL -> prepareXl();
                case FOLLOW_XL -> new XlSteps(toolstack, target, device, this::by).follow();
            };
        } catch (EffectException e) {
            return givenUp(e.getMessage());
        }
    }

    /**
     * How the step ends when its effect was tried until the deadline; what came of it nobody knows. Where not even the
     * device can be looked at, nothing is taken back blindly, for it may be another's by now: that is left to a later look.
     */
    List<DeviceEvent> triedInVain(String why) {
        if (operation.due().effect() == Effect.FOLLOW_XL) {
            throw new UnfinishedException(why + ": xl may still run, `xenledger heal` goes on");
        }
        tried = true;
        try {
            return givenUp(why);
        } catch (RuntimeException e) {
            String blind = why + "; what is there cannot be seen: " + e.getMessage();
            return List.of(failed(why), new UnplugTimedOut(by(), id(), life, key, blind));
        }
    }

    /** How the step ends when it cannot be done. */
    private List<DeviceEvent> givenUp(String why) {
        return switch (operation.due()) {
            case WRITING -> notWritten(why);
            case SCRIPT_RUNNING -> List.of(new ScriptFailed(by(), id(), life, key, why), failed(why));
            case BACKEND_AWAITED, SCRIPT_DUE, FRONTEND_AWAITED -> List.of(failed(why));
            case XL_DUE, XL_RUNNING, XL_WRITTEN, XL_CLOSING, XL_ENDING -> xlFailed(why);
            case REMOVAL_SCRIPT_DUE, REMOVAL_SCRIPT_RUNNING -> List.of(removalScriptRun(why));
            case GIVEN_UP, CLOSE_DUE, CLOSING, FORCING, REMOVING ->
                List.of(new UnplugTimedOut(by(), id(), life, key, why));
            case SCRIPT_FAILED, CONNECTED, PLUGGED, TAKEN_BACK, REMOVED, TIMED_OUT, UNPLUGGED -> List.of();
        };
    }

    /**
     * The first try that failed for good has written nothing. What was tried before may have been done all the same, and is
     * taken back, unless somebody else has the device by now.
     */
    private List<DeviceEvent> notWritten(String why) {
        boolean firstTry = operation.step().equals(HotplugStarted.class.getSimpleName()) && !tried;
        boolean others = toolstack.look(target).isPresent() && !toolstack.holds(target, device.nodes());
        return firstTry || others
                ? List.of(failed(why), new HotplugRolledBack(by(), id(), life, key, why))
                : List.of(failed(why));
    }

    /** An xl that never began has done nothing; what is there of a device that is not ours by then is let alone. */
    private List<DeviceEvent> xlFailed(String why) {
        if (operation.direction() == Direction.UNPLUG) {
            String stuck = operation.due() == Step.XL_CLOSING ? UnplugTimedOut.GUEST + "; " + why : why;
            return List.of(new UnplugTimedOut(by(), id(), life, key, stuck));
        }
        boolean nothing = operation.due() == Step.XL_DUE || XlSteps.isOthers(toolstack, target, device);
        return nothing ? List.of(failed(why), new HotplugRolledBack(by(), id(), life, key, why)) : List.of(failed(why));
    }

    private List<DeviceEvent> prepareXl() {
        boolean absent = operation.direction() == Direction.HOTPLUG;
        ScriptProcess xl = toolstack.prepareXl(target, operation.xl(), absent);
        return List.of(new XlStarted(by(), id(), life, key, xl));
    }

    private List<DeviceEvent> writeEntries() {
        toolstack.writeEntries(target, device.entry(), device.nodes());
        return List.of(new HotplugEntriesWritten(by(), id(), life, key));
    }

    private List<DeviceEvent> awaitBackend() {
        toolstack.awaitBackend(target);
        return List.of(new BackendReady(by(), id(), life, key));
    }

    private List<DeviceEvent> prepareScript() {
        Optional<ScriptProcess> script = toolstack.prepareScript(target, ScriptAction.ADD);
        return List.of(script.<DeviceEvent>map(process -> new ScriptStarted(by(), id(), life, key, process))
                .orElseGet(() -> new ScriptSucceeded(by(), id(), life, key)));
    }

    private List<DeviceEvent> runScript() {
        toolstack.runScript(target, operation.script());
        return List.of(new ScriptSucceeded(by(), id(), life, key));
    }

    private List<DeviceEvent> awaitFrontend() {
        LiveDevice live = toolstack.awaitFrontend(target);
        List<DeviceEvent> events = new ArrayList<>();
        if (connected(live)) {
            events.add(new FrontendConnected(by(), id(), life, key));
        }
        events.add(new HotplugCompleted(by(), id(), life, key, live));
        return events;
    }

    /** A hotplug that was given up and has connected since is not torn down: the guest may use it already. */
    private List<DeviceEvent> closeBackend() {
        Optional<LiveDevice> late = operation.due() == Step.GIVEN_UP ? toolstack.look(target) : Optional.empty();
        if (late.filter(live -> connected(live) && live.online() == Online.YES).isPresent()) {
            return List.of(new HotplugCompletedLate(by(), id(), life, key, late.get()));
        }
        return List.of(
                toolstack.closeBackend(target)
                        ? new BackendClosing(by(), id(), life, key)
                        : new DeviceClosed(by(), id(), life, key));
    }

    private List<DeviceEvent> awaitClosed() {
        return toolstack.awaitClosed(target, device.shared())
                ? List.of(new DeviceClosed(by(), id(), life, key))
                : givenUp(UnplugTimedOut.GUEST);
    }

    private List<DeviceEvent> forceClose() {
        toolstack.forceClose(target);
        return List.of(new UnplugForced(by(), id(), life, key));
    }

    private List<DeviceEvent> prepareRemovalScript() {
        Optional<ScriptProcess> script = toolstack.prepareScript(target, ScriptAction.REMOVE);
        return List.of(script.<DeviceEvent>map(process -> new RemovalScriptStarted(by(), id(), life, key, process))
                .orElseGet(() -> removalScriptRun("")));
    }

    private List<DeviceEvent> runRemovalScript() {
        toolstack.runScript(target, operation.script());
        return List.of(removalScriptRun(""));
    }

    private List<DeviceEvent> removeEntries() {
        boolean takenBack = operation.direction() == Direction.HOTPLUG;
        toolstack.removeEntries(target, takenBack ? device.replaced() : null);
        DeviceEvent end = takenBack
                ? new HotplugRolledBack(by(), id(), life, key, operation.reason())
                : new UnplugCompleted(by(), id(), life, key);
        return List.of(new EntriesRemoved(by(), id(), life, key), end);
    }

    private static boolean connected(LiveDevice live) {
        return live.frontend() == XenbusState.CONNECTED && live.backend() == XenbusState.CONNECTED;
    }

    private HotplugFailed failed(String why) {
        return new HotplugFailed(by(), id(), life, key, operation.due().words(), why);
    }

    private RemovalScriptRun removalScriptRun(String error) {
        return new RemovalScriptRun(by(), id(), life, key, error);
    }

    private String id() {
        return operation.id();
    }

    private Provenance by() {
        return new Provenance(operation.actor(), operation.owner().host(), operation.id(), clock.instant());
    }

    /** Where libxl's entry says the backend is; where it says nothing, where libxl puts one of dom0's. */
    private BackendPath backend() {
        return Optional.ofNullable(device.attributes().get(BackendPath.ATTRIBUTE))
                .flatMap(BackendPath::parse)
                .orElseGet(() -> new BackendPath(0, key.kind().node(), life.domid(), key.id()));
    }
}
