// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.hotplug;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.xenledger.domain.HostIdentity;
import org.xenledger.domain.device.LiveDevice;
import org.xenledger.domain.device.XenbusState;
import org.xenledger.domain.operation.EffectException;
import org.xenledger.domain.operation.PlannedNode;
import org.xenledger.domain.operation.ScriptAction;
import org.xenledger.domain.operation.ScriptProcess;
import org.xenledger.domain.operation.Target;
import org.xenledger.domain.operation.Toolstack;
import org.xenledger.domain.operation.XlProgress;
import org.xenledger.domain.operation.XlSign;
import org.xenledger.toolstack.userdata.DomainLock;
import org.xenledger.xenstore.client.RefusedException;
import org.xenledger.xenstore.client.XenstoreClient;
import org.xenledger.xenstore.wire.XenstoreSocket;

/**
 * Plugs and unplugs as libxl does, through xenstore, libxl-json and the hotplug scripts of this host: libxl_device.c,
 * libxl_disk.c and libxl_nic.c; or lets xl do it. Of a backend in another domain no script is run and no node is deleted:
 * both are for that domain's {@code xl devd} to do.
 */
public final class LibxlToolstack implements Toolstack {
    private final HostIdentity here;
    private final XenstoreClient xenstore;
    private final Limits limits;
    private final TemplateEntries templates;
    private final Scripts scripts;
    private final Xl xl;

    /**
     * @param socket of the xenstored that the client is connected to, for the programs that we start
     * @param userdata {@code /var/lib/xen} on a Xen host
     * @param here this boot of this host: what another one left in xenstore is gone
     */
    public LibxlToolstack(XenstoreClient xenstore, Path socket, Path userdata, Limits limits, HostIdentity here) {
        this.here = here;
        this.xenstore = xenstore;
        this.limits = limits;
        this.templates = new TemplateEntries(xenstore, userdata, limits.lock());
        this.scripts = new Scripts(xenstore, limits.script());
        this.xl = new Xl(xenstore, templates, Map.of(XenstoreSocket.PATH_VARIABLE, socket.toString()), limits.whole());
    }

    /** The template goes first, within the transaction, so that what a crash leaves is what libxl's own would leave. */
    @Override
    public void writeEntries(Target target, ObjectNode entry, List<PlannedNode> nodes) {
        DeviceDirectories paths = new DeviceDirectories(target);
        uninterrupted(() -> templates.locked(target, lock -> {
            ObjectNode before = lock.read();
            try {
                xenstore.transaction(transaction -> {
                    Premises.sameLife(transaction, target);
                    boolean written = paths.exists(transaction);
                    if (written) {
                        refuseOthers(target, paths.holds(transaction, nodes));
                    }
                    TemplateEntries.set(lock, target, List.of(entry));
                    if (!written) {
                        paths.write(transaction, nodes);
                    }
                    return null;
                });
            } catch (RefusedException e) {
                putBack(lock, before);
                throw new EffectException(e.getMessage(), e);
            } catch (EffectException e) { // of a second pass, after one that has written the template already
                putBack(lock, before);
                throw e;
            }
        }));
    }

    @Override
    public boolean holds(Target target, List<PlannedNode> nodes) {
        DeviceDirectories paths = new DeviceDirectories(target);
        return paths.exists(xenstore) && paths.holds(xenstore, nodes);
    }

    @Override
    public void awaitBackend(Target target) {
        LiveDevice live = await(target, limits.backend(), LibxlToolstack::decided);
        if (!isReady(live)) {
            throw notThere(
                    target,
                    live,
                    "the backend is not ready after " + limits.backend().toSeconds() + " s");
        }
    }

    @Override
    public Optional<ScriptProcess> prepareScript(Target target, ScriptAction action) {
        if (target.backend().domid() != 0 || Premises.isOthers(xenstore, target)) {
            return Optional.empty();
        }
        return uninterrupted(() -> scripts.prepare(target, action));
    }

    @Override
    public void runScript(Target target, ScriptProcess script) {
        uninterrupted(() -> {
            scripts.run(target, script);
            return null;
        });
    }

    @Override
    public LiveDevice awaitFrontend(Target target) {
        LiveDevice live = await(target, limits.frontend(), LibxlToolstack::settled);
        if (isGone(live) || closing(live)) {
            throw notThere(target, live, "it is closing again");
        }
        return live;
    }

    @Override
    public boolean closeBackend(Target target) {
        return xenstore.transaction(transaction -> {
            return Premises.isSameLife(transaction, target) && new DeviceDirectories(target).close(transaction);
        });
    }

    @Override
    public boolean awaitClosed(Target target, boolean shared) {
        LiveDevice live = await(target, limits.close(), now -> letGo(now, shared));
        return letGo(live, shared);
    }

    @Override
    public void forceClose(Target target) {
        xenstore.transaction(transaction -> {
            DeviceDirectories paths = new DeviceDirectories(target);
            if (Premises.isSameLife(transaction, target)) {
                paths.removeFrontend(transaction);
                paths.close(transaction);
            }
            return null;
        });
        await(target, limits.close(), now -> !now.backendPath() || now.backend() == XenbusState.CLOSED);
    }

    /**
     * The nodes go first: an entry without a device is what libxl leaves, too. Of a domain that is gone nothing but nodes can
     * be left, and where its domid is another's nothing is; nor has it an entry any more when it goes after its nodes.
     */
    @Override
    public void removeEntries(Target target, ObjectNode replaced) {
        if (!target.life().host().equals(here)) {
            return;
        }
        uninterrupted(() -> scripts.quiet(target));
        boolean there = xenstore.transaction(transaction -> {
            if (!Premises.isOthers(transaction, target)) {
                new DeviceDirectories(target).removeAll(transaction);
            }
            return Premises.isSameLife(transaction, target);
        });
        if (there) {
            List<ObjectNode> entries = replaced == null ? List.of() : List.of(replaced);
            uninterrupted(() -> templates.lockedUnlessGone(target, lock -> unlessPlugged(lock, target, entries)));
        }
    }

    @Override
    public ScriptProcess prepareXl(Target target, List<String> command, boolean absent) {
        return xl.prepare(target, command, absent);
    }

    @Override
    public XlProgress followXl(Target target, ScriptProcess process, XlSign sign) {
        return uninterrupted(() -> xl.follow(target, process, sign));
    }

    @Override
    public Map<String, String> attributes(Target target) {
        return new DeviceDirectories(target).attributes(xenstore);
    }

    @Override
    public Optional<LiveDevice> look(Target target) {
        LiveDevice live = new LiveLook(xenstore, new DeviceDirectories(target)).now();
        return Optional.of(live).filter(now -> now.libxlEntry() || now.backendPath());
    }

    /** libxl commits the nodes under this lock: where they are there again, so is an entry that is wanted. */
    private void unlessPlugged(DomainLock lock, Target target, List<ObjectNode> entries) {
        if (!new DeviceDirectories(target).exists(xenstore)) {
            TemplateEntries.set(lock, target, entries);
        }
    }

    private LiveDevice await(Target target, Duration limit, Predicate<LiveDevice> fits) {
        LiveLook look = new LiveLook(xenstore, new DeviceDirectories(target));
        return uninterrupted(() -> new StateWait(xenstore, look).until(fits, limit));
    }

    private static void refuseOthers(Target target, boolean ours) {
        if (!ours) {
            throw new EffectException(
                    target.device().display() + " is there already: somebody plugged it in meanwhile");
        }
    }

    private static void putBack(DomainLock lock, ObjectNode before) {
        if (!lock.read().equals(before)) {
            lock.write(before);
        }
    }

    static boolean isReady(LiveDevice live) {
        return switch (live.backend()) {
            case INIT_WAIT, INITIALISED, CONNECTED -> true;
            default -> false;
        };
    }

    private static boolean decided(LiveDevice live) {
        return isGone(live) || (live.backend() != XenbusState.UNKNOWN && live.backend() != XenbusState.INITIALISING);
    }

    private static boolean settled(LiveDevice live) {
        boolean connected = live.frontend() == XenbusState.CONNECTED && live.backend() == XenbusState.CONNECTED;
        return connected || isGone(live) || closing(live);
    }

    /** A script that still runs may make parts of the backend anew; the entry is what counts. */
    private static boolean isGone(LiveDevice live) {
        return !live.libxlEntry() || !live.backendPath();
    }

    private static boolean closing(LiveDevice live) {
        return live.backend() == XenbusState.CLOSING || live.backend() == XenbusState.CLOSED;
    }

    private static boolean letGo(LiveDevice live, boolean shared) {
        return !live.backendPath() || live.backend() == XenbusState.CLOSED || (!shared && !live.shares());
    }

    private static EffectException notThere(Target target, LiveDevice live, String otherwise) {
        String why = isGone(live) ? "it is gone: somebody removed it meanwhile" : otherwise;
        return new EffectException(target.device().display() + ": " + why + " (backend " + live.backend() + ")");
    }

    /** Work that waits. */
    private interface Waiting<T> {
        T get() throws InterruptedException;
    }

    /** Work that waits and gives nothing. */
    private interface WaitingAct {
        void run() throws InterruptedException;
    }

    private static void uninterrupted(WaitingAct act) {
        uninterrupted(() -> {
            act.run();
            return null;
        });
    }

    /** We are stopped: the operation stays where it is, for the next process. */
    private static <T> T uninterrupted(Waiting<T> work) {
        try {
            return work.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("this process was stopped", e);
        }
    }
}
