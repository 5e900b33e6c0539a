// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.script;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xenledger.domain.device.BackendPath;
import org.xenledger.toolstack.posix.Signals;
import org.xenledger.toolstack.process.ProcessIdentity;
import org.xenledger.toolstack.process.ProcessStat;
import org.xenledger.xenstore.client.Deadline;

/**
 * The processes that work for the hotplug of one backend, whoever started them: found by {@code XENBUS_PATH} in their
 * environment, which a script hands to all that it calls. So a script that outlives its toolstack is not overlooked.
 */
public final class ScriptProcesses {
    private static final Pattern RELATIVE = Pattern.compile("(?:/local/domain/\\d+/)?(backend/.*)");
    private static final long PAUSE_MILLIS = 10;
    private static final int MAX_PASSES = 100;

    private final String xenbusPath;

    public ScriptProcesses(BackendPath backend) {
        this.xenbusPath = HotplugScript.xenbusPath(backend);
    }

    /** Those that run now. A helper that a script has left behind for good, as nbd-client, is among them. */
    public List<ScriptProcess> running() {
        List<ScriptProcess> found = new ArrayList<>();
        for (ProcessStat stat : ProcessStat.all()) {
            List<String> environment = stat.environment();
            if (xenbusPath.equals(relative(valueOf(HotplugScript.XENBUS_PATH, environment)))) {
                String script = valueOf(HotplugScript.SCRIPT, environment);
                boolean isScript = !script.isEmpty() && stat.arguments().contains(script);
                boolean leader = stat.session() == stat.identity().pid();
                found.add(new ScriptProcess(stat.identity(), isScript, leader, stat.age()));
            }
        }
        return List.copyOf(found);
    }

    /**
     * Waits until nothing may still change the device: no script runs, and no other process that is younger than a script
     * may grow. Older ones are helpers that stay, and so are those that begin again and again for that long.
     *
     * @param limit how long a script that we started may run, from its start
     * @param foreign how long one that others started may; libxl allows 40 s
     * @return the scripts that run longer than that, as soon as there is one; none when all is quiet
     * @throws InterruptedException when the thread is interrupted while it waits
     */
    public List<ScriptProcess> await(Duration limit, Duration foreign) throws InterruptedException {
        Deadline deadline = Deadline.in(limit);
        while (true) {
            List<ScriptProcess> running = running();
            List<ScriptProcess> scripts =
                    running.stream().filter(ScriptProcess::script).toList();
            List<ScriptProcess> overdue = scripts.stream()
                    .filter(script -> !isYoung(script, limit, foreign))
                    .toList();
            boolean helpersOnly = scripts.isEmpty() && deadline.passed();
            if (!overdue.isEmpty()
                    || helpersOnly
                    || running.stream().noneMatch(process -> isYoung(process, limit, foreign))) {
                return overdue;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private static boolean isYoung(ScriptProcess process, Duration limit, Duration foreign) {
        boolean others = process.script() && !process.leader();
        return process.age().compareTo(others ? foreign : limit) < 0;
    }

    /**
     * Ends a script with SIGKILL, and all that it has started: its whole session when it began one, as ours do; else the
     * process and its descendants, for a script of libxl shares its session with whoever called {@code xl}.
     *
     * @return whether nothing of it runs any more; a process that waits for a broken disk cannot be ended
     * @throws InterruptedException when the thread is interrupted before all of them are gone
     */
    public static boolean end(ProcessIdentity script) throws InterruptedException {
        for (int pass = 0; pass < MAX_PASSES; pass++) {
            List<ProcessStat> members = membersOf(script);
            if (members.isEmpty()) {
                return true;
            }
            if (members.stream().anyMatch(member -> member.session() == script.pid())) {
                Signals.killGroup(script.pid()); // at once, so that none can fork away meanwhile
            }
            members.forEach(member -> Signals.kill(member.identity().pid()));
            Thread.sleep(PAUSE_MILLIS);
        }
        return false;
    }

    /** The session's number is not used again while anybody is in the session, nor is the pid while it is that number. */
    private static List<ProcessStat> membersOf(ProcessIdentity script) {
        List<ProcessStat> all = ProcessStat.all();
        boolean usedAgain = all.stream()
                .map(ProcessStat::identity)
                .anyMatch(identity -> identity.pid() == script.pid() && !identity.equals(script));
        if (usedAgain) {
            return List.of();
        }
        Set<Long> pids = new HashSet<>();
        boolean grown = true;
        while (grown) {
            grown = false;
            for (ProcessStat stat : all) {
                long pid = stat.identity().pid();
                boolean member = pid == script.pid() || stat.session() == script.pid() || pids.contains(stat.parent());
                grown |= member && pids.add(pid);
            }
        }
        return all.stream().filter(stat -> pids.contains(stat.identity().pid())).toList();
    }

    private static String relative(String path) {
        Matcher matcher = RELATIVE.matcher(path);
        return matcher.matches() ? matcher.group(1) : path;
    }

    private static String valueOf(String name, List<String> environment) {
        return environment.stream()
                .filter(entry -> entry.startsWith(name + "="))
                .map(entry -> entry.substring(name.length() + 1))
                .findFirst()
                .orElse("");
    }
}
