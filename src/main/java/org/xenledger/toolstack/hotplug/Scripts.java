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
    private final Map<Long, StartedScript> prepared = new ConcurrentHashMap<>();

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
        HotplugScript script = script(target, program, action);
        StartedScript started = StartedScript.start(script);
        prepared.put(started.process().pid(), started);
        return Optional.of(new ScriptProcess(
                script.command(), started.process().pid(), started.process().start()));
    }

    void run(Target target, ScriptProcess process) throws InterruptedException {
        StartedScript started = prepared.remove(process.pid());
        if (started == null) {
            throw new EffectException("the hotplug script's process " + process.pid() + " is not ours to let go");
        }
        try (started) {
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

    private HotplugScript script(Target target, String program, ScriptAction action) {
        Action word = action == ScriptAction.ADD ? Action.ADD : Action.REMOVE;
        if (target.device().kind() != DeviceKind.VIF) {
            return HotplugScript.disk(program, word, target.backend());
        }
        String gateway =
                Premises.value(xenstore, target.backend() + "/gatewaydev").orElse("");
        List<HotplugScript> runs = HotplugScript.nic(program, word, target.backend(), gateway, false);
        return runs.get(0);
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
                .orElseGet(() -> "the hotplug script ended with status " + result.status() + ": "
                        + result.output().strip());
    }
}
