// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.hotplug;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.xenledger.domain.device.DeviceKind;
import org.xenledger.domain.device.ScriptStatus;
import org.xenledger.domain.operation.EffectException;
import org.xenledger.domain.operation.ScriptAction;
import org.xenledger.domain.operation.ScriptProcess;
import org.xenledger.domain.operation.Target;
import org.xenledger.toolstack.script.HotplugScript;
import org.xenledger.toolstack.script.HotplugScript.Action;
import org.xenledger.toolstack.script.ScriptProcesses;
import org.xenledger.toolstack.script.ScriptResult;
import org.xenledger.toolstack.script.StartedScript;
import org.xenledger.xenstore.client.XenstoreClient;

/** The hotplug scripts of operations: made, let go and waited for, one at a time for each device. */
final class Scripts {
    private final XenstoreClient xenstore;
    private final Duration limit;
    private final Map<Long, Prepared> prepared = new ConcurrentHashMap<>();

    /** A script that waits to be let go, and the runs that follow it. */
    private record Prepared(StartedScript first, List<HotplugScript> more) {}

    Scripts(XenstoreClient xenstore, Duration limit) {
        this.xenstore = xenstore;
        this.limit = limit;
    }

    /** Empty where none is due. Waits first for those that a dead process of ours, or xl, has left running. */
    Optional<ScriptProcess> prepare(Target target, ScriptAction action) throws InterruptedException {
        quiet(target);
        String program = Premises.value(xenstore, target.backend() + "/script").orElse("");
        if (program.isEmpty() || (action == ScriptAction.ADD && succeeded(target))) {
            return Optional.empty();
        }
        List<HotplugScript> runs = runs(target, program, action);
        HotplugScript script = runs.get(0);
        StartedScript started = StartedScript.start(script);
        prepared.put(started.process().pid(), new Prepared(started, runs.subList(1, runs.size())));
        return Optional.of(new ScriptProcess(
                script.command(), started.process().pid(), started.process().start()));
    }

    /** Those that follow are of the same step, as in libxl: where one fails, the next is not run. */
    void run(Target target, ScriptProcess process) throws InterruptedException {
        Prepared runs = prepared.remove(process.pid());
        if (runs == null) {
            throw new EffectException("the hotplug script's process " + process.pid() + " is not ours to let go");
        }
        complete(target, runs.first());
        for (HotplugScript next : runs.more()) {
            complete(target, StartedScript.start(next));
        }
    }

    private void complete(Target target, StartedScript script) throws InterruptedException {
        try (StartedScript started = script) {
            started.release();
            ScriptResult result = started.await(limit);
            if (!result.succeeded()) {
                throw new EffectException(reason(target, result));
            }
        }
    }

    /** Returns when no script works on the device any more. */
    void quiet(Target target) throws InterruptedException {
        ScriptProcesses processes = new ScriptProcesses(target.backend());
        for (org.xenledger.toolstack.script.ScriptProcess stuck : processes.await(limit, foreign())) {
            if (!ScriptProcesses.end(stuck.identity())) {
                throw new EffectException("the hotplug script with pid "
                        + stuck.identity().pid() + " runs for too long and cannot be ended");
            }
        }
    }

    /** Our own limit may be a short one; who runs xl counts on libxl's. */
    private Duration foreign() {
        Duration libxl = Limits.LIBXL.script();
        return limit.compareTo(libxl) > 0 ? limit : libxl;
    }

    private boolean succeeded(Target target) {
        return ScriptStatus.ofText(Premises.value(xenstore, target.backend() + "/hotplug-status")
                        .orElse(null))
                == ScriptStatus.SUCCEEDED;
    }

    private List<HotplugScript> runs(Target target, String program, ScriptAction action) {
        Action word = action == ScriptAction.ADD ? Action.ADD : Action.REMOVE;
        if (target.device().kind() != DeviceKind.VIF) {
            return List.of(HotplugScript.disk(program, word, target.backend()));
        }
        String gateway =
                Premises.value(xenstore, target.backend() + "/gatewaydev").orElse("");
        return HotplugScript.nic(program, word, target.backend(), gateway, emulated(target));
    }

    /** Whether a device model here has a tap interface for it; that of a stub domain is not here (libxl_get_stubdom_id). */
    private boolean emulated(Target target) {
        return Premises.value(xenstore, target.backend() + "/type")
                        .filter("vif_ioemu"::equals)
                        .isPresent()
                && Premises.value(xenstore, Premises.home(target) + "/image/device-model-domid")
                        .isEmpty();
    }

    /** What the script said in xenstore, else the end of its output. */
    private String reason(Target target, ScriptResult result) {
        if (result.status() == ScriptResult.STILL_THERE) {
            return "the hotplug script runs for too long and cannot be ended";
        }
        if (result.timedOut()) {
            return "the hotplug script did not end within " + limit.toSeconds() + " s";
        }
        return Premises.value(xenstore, target.backend() + "/hotplug-error")
                .filter(error -> !error.isEmpty())
                .orElseGet(() ->
                        "the hotplug script ended with status " + result.status() + LastWords.of(result.output()));
    }
}
