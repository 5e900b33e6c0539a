// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.xenledger.domain.device.LiveDevice;
import org.xenledger.domain.device.Online;
import org.xenledger.domain.device.ScriptStatus;
import org.xenledger.domain.device.XenbusState;
import org.xenledger.domain.operation.Effect;
import org.xenledger.domain.operation.EffectException;
import org.xenledger.domain.operation.PlannedNode;
import org.xenledger.domain.operation.ScriptAction;
import org.xenledger.domain.operation.ScriptProcess;
import org.xenledger.domain.operation.Target;
import org.xenledger.domain.operation.Toolstack;
import org.xenledger.domain.operation.UnfinishedException;
import org.xenledger.domain.operation.XlProgress;
import org.xenledger.domain.operation.XlSign;

/** One device in a world of memory, with a guest and a script that can be told to misbehave. */
final class MemoryToolstack implements Toolstack {
    /** What was done, in order. */
    final List<String> done = new ArrayList<>();

    ObjectNode entry;
    boolean present;
    boolean others;
    XenbusState frontend = XenbusState.UNKNOWN;
    XenbusState backend = XenbusState.UNKNOWN;
    Online online = Online.ABSENT;
    ScriptStatus script = ScriptStatus.NOT_REPORTED;

    boolean backendComes = true;
    boolean guestConnects = true;
    boolean guestLetsGo = true;

    /** Nothing can be done or looked at. */
    boolean away;

    private final Map<Effect, RuntimeException> failures = new EnumMap<>(Effect.class);
    private final Map<Effect, RuntimeException> afterwards = new EnumMap<>(Effect.class);

    /** From now on this effect fails for good; null ends that. */
    void fail(Effect effect, String why) {
        failures.put(effect, why == null ? null : new EffectException(why));
    }

    /** The next time this effect leaves open what it did. */
    void stumble(Effect effect) {
        failures.put(effect, new IllegalStateException("the connection is lost"));
    }

    /** The next time this effect leaves open what it did, and after that it fails for good. */
    void stumbleThenFail(Effect effect, String why) {
        stumble(effect);
        afterwards.put(effect, new EffectException(why));
    }

    @Override
    public synchronized void writeEntries(Target target, ObjectNode newEntry, List<PlannedNode> nodes) {
        effect(Effect.WRITE_ENTRIES);
        entry = newEntry;
        present = true;
        online = Online.YES;
        frontend = XenbusState.INITIALISING;
        backend = backendComes ? XenbusState.INIT_WAIT : XenbusState.INITIALISING;
    }

    @Override
    public synchronized boolean holds(Target target, List<PlannedNode> nodes) {
        return present && !others;
    }

    @Override
    public synchronized void awaitBackend(Target target) {
        effect(Effect.AWAIT_BACKEND);
        if (backend == XenbusState.INITIALISING) {
            throw new EffectException("the backend is not ready after 10 s");
        }
    }

    @Override
    public synchronized Optional<ScriptProcess> prepareScript(Target target, ScriptAction action) {
        effect(action == ScriptAction.ADD ? Effect.PREPARE_SCRIPT : Effect.PREPARE_REMOVAL_SCRIPT);
        boolean due = action == ScriptAction.ADD ? script != ScriptStatus.SUCCEEDED : present;
        return due
                ? Optional.of(new ScriptProcess(List.of("block", action.name().toLowerCase(Locale.ROOT)), 7, 8))
                : Optional.empty();
    }

    @Override
    public synchronized void runScript(Target target, ScriptProcess process) {
        boolean add = process.command().contains("add");
        effect(add ? Effect.RUN_SCRIPT : Effect.RUN_REMOVAL_SCRIPT);
        script = add ? ScriptStatus.SUCCEEDED : ScriptStatus.NOT_REPORTED;
    }

    @Override
    public synchronized LiveDevice awaitFrontend(Target target) {
        effect(Effect.AWAIT_FRONTEND);
        if (guestConnects) {
            frontend = XenbusState.CONNECTED;
            backend = XenbusState.CONNECTED;
        }
        return look(target).orElseThrow();
    }

    @Override
    public synchronized boolean closeBackend(Target target) {
        effect(Effect.CLOSE_BACKEND);
        online = Online.NO;
        backend = present ? XenbusState.CLOSING : XenbusState.UNKNOWN;
        return present;
    }

    @Override
    public synchronized boolean awaitClosed(Target target, boolean shared) {
        effect(Effect.AWAIT_CLOSED);
        if (guestLetsGo || !shared) {
            backend = XenbusState.CLOSED;
        }
        return backend == XenbusState.CLOSED;
    }

    @Override
    public synchronized void forceClose(Target target) {
        effect(Effect.FORCE_CLOSE);
        frontend = XenbusState.UNKNOWN;
        backend = XenbusState.CLOSED;
    }

    @Override
    public synchronized void removeEntries(Target target, ObjectNode replaced) {
        effect(Effect.REMOVE_ENTRIES);
        entry = replaced;
        present = false;
    }

    /** Whether xl fails when it ends, and whether it ends at all. */
    boolean xlFails;

    boolean xlRunsOn;

    /** How far the xl gets; the last is where it stays. */
    final Deque<XlProgress> xl = new ArrayDeque<>(List.of(XlProgress.SHOWN));

    @Override
    public synchronized ScriptProcess prepareXl(Target target, List<String> command, boolean absent) {
        effect(Effect.PREPARE_XL);
        return new ScriptProcess(command, 9, 10);
    }

    @Override
    public synchronized XlProgress followXl(Target target, ScriptProcess process, XlSign sign) {
        effect(Effect.FOLLOW_XL);
        if (xlRunsOn) {
            throw new UnfinishedException("xl still runs");
        }
        XlProgress progress = xl.size() > 1 ? xl.remove() : xl.element();
        if (progress == XlProgress.ENDED && xlFails) {
            throw new EffectException("xl ended with status 1: no");
        }
        if (progress == XlProgress.SHOWN) {
            show(sign);
        }
        return progress == XlProgress.SHOWN && sign == XlSign.END ? XlProgress.SUCCEEDED : progress;
    }

    private void show(XlSign sign) {
        switch (sign) {
            case WRITTEN -> {
                present = true;
                online = Online.YES;
                backend = XenbusState.INIT_WAIT;
            }
            case CLOSING -> online = Online.NO;
            case CLOSED -> present = false;
            case BACKEND_READY, END -> {}
        }
    }

    @Override
    public synchronized Map<String, String> attributes(Target target) {
        return !present ? Map.of() : Map.of("params", others ? "/others.img" : "");
    }

    @Override
    public synchronized Optional<LiveDevice> look(Target target) {
        reach();
        return present
                ? Optional.of(new LiveDevice(true, true, frontend, backend, online, script, ""))
                : Optional.empty();
    }

    private void effect(Effect effect) {
        done.add(effect.name());
        reach();
        RuntimeException failure = failures.get(effect);
        if (failure != null) {
            if (!(failure instanceof EffectException)) {
                failures.put(effect, afterwards.remove(effect));
            }
            throw failure;
        }
    }

    private void reach() {
        if (away) {
            throw new IllegalStateException("xenstored is away");
        }
    }
}
