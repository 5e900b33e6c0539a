// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.hotplug;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.xenledger.domain.device.LiveDevice;
import org.xenledger.domain.device.Online;
import org.xenledger.domain.device.XenbusState;
import org.xenledger.domain.operation.EffectException;
import org.xenledger.domain.operation.ScriptProcess;
import org.xenledger.domain.operation.Target;
import org.xenledger.domain.operation.UnfinishedException;
import org.xenledger.domain.operation.XlProgress;
import org.xenledger.domain.operation.XlSign;
import org.xenledger.toolstack.process.ProcessIdentity;
import org.xenledger.toolstack.process.ProcessStat;
import org.xenledger.toolstack.script.ScriptException;
import org.xenledger.toolstack.script.ScriptResult;
import org.xenledger.toolstack.script.StartedScript;
import org.xenledger.xenstore.client.XenstoreClient;

/** The xl that carries operations out: made, let go, followed; never ended, for only libxl knows what it is doing. */
final class Xl {
    private final XenstoreClient xenstore;
    private final TemplateEntries templates;
    private final Map<String, String> environment;
    private final Duration limit;
    /** Those that this process has made. */
    private final Map<Long, StartedScript> made = new ConcurrentHashMap<>();

    /**
     * @param environment what it needs besides our own to work on the same xenstore
     * @param limit how long it is followed, from its start
     */
    Xl(XenstoreClient xenstore, TemplateEntries templates, Map<String, String> environment, Duration limit) {
        this.xenstore = xenstore;
        this.templates = templates;
        this.environment = Map.copyOf(environment);
        this.limit = limit;
    }

    ScriptProcess prepare(Target target, List<String> command, boolean absent) {
        Premises.sameLife(xenstore, target);
        if (absent && new DeviceDirectories(target).exists(xenstore)) {
            throw new EffectException(
                    target.device().display() + " is there already: somebody plugged it in meanwhile");
        }
        try {
            StartedScript started = StartedScript.start(command, environment);
            ProcessIdentity process = started.process();
            made.put(process.pid(), started);
            return new ScriptProcess(command, process.pid(), process.start());
        } catch (ScriptException e) {
            throw new EffectException(e.getMessage(), e);
        }
    }

    XlProgress follow(Target target, ScriptProcess xl, XlSign sign) throws InterruptedException {
        StartedScript ours = made.get(xl.pid());
        ProcessIdentity process = new ProcessIdentity(xl.pid(), xl.processStart());
        release(ours);
        Predicate<LiveDevice> shown = live -> shows(target, live, sign);
        LiveLook look = new LiveLook(xenstore, new DeviceDirectories(target));
        CompletableFuture<?> end =
                ProcessHandle.of(xl.pid()).map(ProcessHandle::onExit).orElseGet(CompletableFuture::new);
        LiveDevice live =
                new StateWait(xenstore, look).until(now -> shown.test(now) || !process.alive(), left(process), end);
        if (shown.test(live)) {
            return XlProgress.SHOWN;
        }
        if (process.alive()) {
            throw new UnfinishedException("xl, pid " + xl.pid() + ", still runs after " + limit.toSeconds()
                    + " s: `xenledger heal` goes on when it has ended");
        }
        // what it wrote last is there when it has ended
        return shown.test(look.now()) ? XlProgress.SHOWN : ended(made.remove(xl.pid()));
    }

    private static void release(StartedScript ours) {
        try {
            if (ours != null) {
                ours.release();
            }
        } catch (ScriptException e) {
            throw new EffectException(e.getMessage(), e);
        }
    }

    private Duration left(ProcessIdentity process) {
        Duration age = ProcessStat.of(process.pid()).map(ProcessStat::age).orElse(Duration.ZERO);
        Duration left = limit.minus(age);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private boolean shows(Target target, LiveDevice live, XlSign sign) {
        boolean gone = !live.libxlEntry() && !live.backendPath();
        return switch (sign) {
            case WRITTEN -> live.libxlEntry() && templates.has(target);
            case BACKEND_READY -> LibxlToolstack.isReady(live);
            case CLOSING -> gone || live.online() == Online.NO;
            case CLOSED -> !live.backendPath() || live.backend() == XenbusState.CLOSED;
            case END -> false;
        };
    }

    private static XlProgress ended(StartedScript ours) throws InterruptedException {
        if (ours == null) {
            return XlProgress.ENDED;
        }
        try (ours) {
            Optional<ScriptResult> result = ours.result();
            if (result.isEmpty()) {
                return XlProgress.ENDED;
            }
            if (!result.get().succeeded()) {
                throw new EffectException("xl ended with status " + result.get().status()
                        + LastWords.of(result.get().output()));
            }
            return XlProgress.SUCCEEDED;
        }
    }
}
