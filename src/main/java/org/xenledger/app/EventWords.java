// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.xenledger.domain.device.BackendPath;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.device.DeviceShape;
import org.xenledger.domain.device.LiveDevice;
import org.xenledger.domain.device.ScriptStatus;
import org.xenledger.domain.event.DomainEvent;
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
import org.xenledger.domain.event.ObservedEvent.DeviceAdopted;
import org.xenledger.domain.event.ObservedEvent.DeviceAppeared;
import org.xenledger.domain.event.ObservedEvent.DeviceChanged;
import org.xenledger.domain.event.ObservedEvent.DeviceGone;
import org.xenledger.domain.event.ObservedEvent.DeviceReconfigured;
import org.xenledger.domain.event.OperationEvent.OperationResumed;
import org.xenledger.domain.event.ReconciliationEvent.FindingSeen;
import org.xenledger.domain.event.ReconciliationEvent.ReconciliationFinished;
import org.xenledger.domain.event.ReconciliationEvent.ReconciliationStarted;
import org.xenledger.domain.event.ReconciliationEvent.RemedyApplied;
import org.xenledger.domain.event.ReconciliationEvent.RemedyChosen;
import org.xenledger.domain.event.ReconciliationEvent.RemedyFailed;
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
import org.xenledger.domain.operation.ScriptProcess;

/** What an event says, in a line for people. It is a table; a test holds that it has every kind of event. */
public final class EventWords {
    private static final Map<Class<? extends DomainEvent>, Function<DomainEvent, String>> TABLE = new HashMap<>();

    static {
        on(DomainRegistered.class, e -> e.provisional() ? "first seen; its uuid is only ~/vm's word" : "first seen");
        on(
                DomainStarted.class,
                e -> "domid " + e.incarnation().domid() + (e.name() == null ? ", no name" : ", name " + e.name()));
        on(StartTimeSeen.class, e -> "domid " + e.incarnation().domid() + ", started at " + e.startTime());
        on(DomainRenamed.class, e -> e.from() + " -> " + e.to());
        on(MemoryTargetSet.class, e -> e.from() + " -> " + e.to() + " KiB");
        on(StaticMaxSet.class, e -> e.from() + " -> " + e.to() + " KiB");
        on(VcpusSet.class, e -> "online " + e.from() + " -> " + e.to());
        on(TemplateFound.class, e -> "libxl-json with " + e.template().size() + " sections");
        on(TemplateEdited.class, e -> EditWords.summary(e.edits()));
        on(TemplateLost.class, e -> "libxl-json: " + e.reason());
        on(LockHolderSeen.class, e -> "libxl's lock held by pid " + e.pid() + ": " + e.commandLine());
        on(
                DomainStopped.class,
                e -> "domid " + e.incarnation().domid() + ", " + e.reason().words());
        on(DomainUnregistered.class, e -> "");

        on(DeviceAppeared.class, e -> configured(e.attributes()) + e.live().describe(shape(e)));
        on(DeviceChanged.class, e -> changes(e.from(), e.live()));
        on(DeviceReconfigured.class, e -> configured(e.attributes()));
        on(DeviceGone.class, e -> "no longer in xenstore");
        on(DeviceAdopted.class, e -> "treated as our own from now on");

        on(HotplugStarted.class, e -> e.entry().toString());
        on(HotplugEntriesWritten.class, e -> "libxl-json and xenstore written");
        on(BackendReady.class, e -> "the backend waits for the script");
        on(ScriptStarted.class, e -> process(e.script()));
        on(ScriptSucceeded.class, e -> "");
        on(ScriptFailed.class, e -> e.error());
        on(FrontendConnected.class, e -> "");
        on(HotplugCompleted.class, e -> plugged(e.device(), e.live()));
        on(HotplugFailed.class, e -> "at " + e.step() + ": " + e.reason());
        on(HotplugRolledBack.class, e -> e.reason());
        on(HotplugCompletedLate.class, e -> "after it was given up: " + plugged(e.device(), e.live()));

        on(UnplugStarted.class, e -> e.force() ? "by force" : "");
        on(BackendClosing.class, e -> "online 0, backend asked to close");
        on(DeviceClosed.class, e -> "");
        on(RemovalScriptStarted.class, e -> process(e.script()));
        on(RemovalScriptRun.class, e -> e.error());
        on(EntriesRemoved.class, e -> "xenstore and libxl-json cleared");
        on(UnplugCompleted.class, e -> "");
        on(UnplugTimedOut.class, e -> "waiting for " + e.waitingFor());
        on(UnplugForced.class, e -> "taken from the guest without its consent");

        on(XlChosen.class, e -> "left to " + String.join(" ", e.command()));
        on(XlStarted.class, e -> process(e.script()));
        on(XlWroteEntries.class, e -> configured(e.attributes()) + "libxl-json and xenstore have it");
        on(XlSucceeded.class, e -> "");
        on(XlEnded.class, e -> "nobody knows how: it had outlived who started it");

        on(
                OperationResumed.class,
                e -> "pid " + e.owner().pid() + " goes on with it, " + e.step().words() + ": " + e.reason());

        on(ReconciliationStarted.class, e -> "pass " + e.pass());
        on(FindingSeen.class, e -> e.subject() + ": " + e.verdict() + ", " + e.reason());
        on(RemedyChosen.class, e -> e.subject() + ": " + e.remedy());
        on(RemedyApplied.class, e -> e.subject() + ": " + e.remedy());
        on(RemedyFailed.class, e -> e.subject() + ": " + e.remedy() + ": " + e.reason());
        on(ReconciliationFinished.class, e -> e.left().isEmpty() ? "the views agree" : "left: " + e.left());
    }

    private EventWords() {}

    /** What happened; not yet safe for a terminal. */
    public static String of(DomainEvent event) {
        return TABLE.get(event.getClass()).apply(event);
    }

    static Set<Class<? extends DomainEvent>> kinds() {
        return TABLE.keySet();
    }

    private static <E extends DomainEvent> void on(Class<E> kind, Function<E, String> words) {
        TABLE.put(kind, event -> words.apply(kind.cast(event)));
    }

    private static String process(ScriptProcess script) {
        return String.join(" ", script.command()) + " (pid " + script.pid() + ")";
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String configured(Map<String, String> attributes) {
        String medium = attributes.getOrDefault("params", attributes.getOrDefault("mac", ""));
        return medium.isEmpty() ? "" : medium + ", ";
    }

    /** A device of ours; those have their own backend. */
    private static String plugged(DeviceKey device, LiveDevice live) {
        return live.describe(DeviceShape.of(device.kind(), device.kind().node()));
    }

    private static DeviceShape shape(DeviceAppeared event) {
        return DeviceShape.of(event.device().kind(), BackendPath.kindIn(event.attributes()));
    }

    private static String changes(LiveDevice from, LiveDevice to) {
        if (from == null) {
            return "in xenstore: backend " + to.backend() + ", frontend " + to.frontend();
        }
        List<String> changes = new ArrayList<>();
        change(changes, "backend", from.backend(), to.backend());
        change(changes, "frontend", from.frontend(), to.frontend());
        change(changes, "online", words(from.online()), words(to.online()));
        change(changes, "script", words(from.script()), words(to.script()));
        change(changes, "/libxl entry", from.libxlEntry(), to.libxlEntry());
        change(changes, "backend path", from.backendPath(), to.backendPath());
        if (to.script() == ScriptStatus.FAILED) {
            changes.add(to.scriptError());
        }
        return String.join(", ", changes);
    }

    private static void change(List<String> changes, String what, Object from, Object to) {
        if (!Objects.equals(from, to)) {
            changes.add(what + " " + from + " -> " + to);
        }
    }
}
