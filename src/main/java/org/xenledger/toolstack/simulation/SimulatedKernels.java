// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.simulation;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xenledger.domain.device.BackendPath;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.device.DeviceKind;
import org.xenledger.domain.device.XenbusState;
import org.xenledger.xenstore.client.ConnectionException;
import org.xenledger.xenstore.client.Nodes;
import org.xenledger.xenstore.client.RefusedException;
import org.xenledger.xenstore.client.Transaction;
import org.xenledger.xenstore.client.Watch;
import org.xenledger.xenstore.client.XenstoreClient;

/** The drivers of Domain-0's backends and of all guests' frontends: each device's two ends take their steps by turns. */
final class SimulatedKernels implements AutoCloseable {
    private static final String ROOT = "/local/domain";
    private static final Pattern BACKEND = Pattern.compile(ROOT + "/0/backend/([^/]+)/(\\d{1,9})/(\\d{1,9})(/.*)?");
    private static final Pattern FRONTEND = Pattern.compile(ROOT + "/(\\d{1,9})/device/([^/]+)/(\\d{1,9})(/.*)?");

    private static final Duration AGAIN = Duration.ofMillis(100);

    private record Device(int domid, DeviceKey key) {
        String frontend() {
            return ROOT + '/' + domid + "/device/" + key;
        }

        BackendPath backend() {
            return new BackendPath(0, key.kind().node(), domid, key.id());
        }

        String directory(DeviceEnd end) {
            return end == DeviceEnd.FRONTEND ? frontend() : backend().toString();
        }
    }

    private final XenstoreClient client;
    private final Knobs knobs;
    private final KernelNumbers numbers = new KernelNumbers();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(SimulatedKernels::thread);
    private final Watch watch;
    private boolean closed;

    SimulatedKernels(XenstoreClient client, Knobs knobs) {
        this.client = client;
        this.knobs = knobs;
        this.watch = client.watch(ROOT, this::changed);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "simulated-kernels");
        thread.setDaemon(true);
        return thread;
    }

    private void changed(Set<String> paths, boolean missed) {
        attempt(() -> lookAt(paths, missed));
    }

    /**
     * One at a time, and none once this is closed. Where the daemon did not answer, again later: no event may come of what
     * was left out.
     */
    private synchronized void attempt(Runnable turn) {
        if (!closed) {
            try {
                turn.run();
            } catch (ConnectionException e) {
                later(turn, AGAIN);
            }
        }
    }

    private void lookAt(Set<String> paths, boolean missed) {
        Set<Device> devices = new LinkedHashSet<>();
        paths.forEach(path -> deviceOf(path).ifPresent(devices::add));
        if (missed || paths.contains(ROOT)) {
            addAll(devices);
        }
        devices.forEach(this::look);
    }

    private static Optional<Device> deviceOf(String path) {
        Matcher backend = BACKEND.matcher(path);
        if (backend.matches()) {
            return DeviceKind.ofBackend(backend.group(1)).map(kind -> device(backend.group(2), kind, backend.group(3)));
        }
        Matcher frontend = FRONTEND.matcher(path);
        return frontend.matches()
                ? DeviceKind.ofNode(frontend.group(2)).map(kind -> device(frontend.group(1), kind, frontend.group(3)))
                : Optional.empty();
    }

    private static Device device(String domid, DeviceKind kind, String id) {
        return new Device(Integer.parseInt(domid), new DeviceKey(kind, Integer.parseInt(id)));
    }

    private void addAll(Set<Device> devices) {
        String backends = ROOT + "/0/backend";
        for (String kind : NodeWriter.childrenOf(client, backends)) {
            for (String domid : NodeWriter.childrenOf(client, backends + '/' + kind)) {
                String directory = backends + '/' + kind + '/' + domid;
                NodeWriter.childrenOf(client, directory)
                        .forEach(id -> deviceOf(directory + '/' + id).ifPresent(devices::add));
            }
        }
    }

    /** Lets both ends take the steps that are due now. */
    private void look(Device device) {
        for (DeviceEnd end : DeviceEnd.values()) {
            Conduct conduct = knobs.of(end, device.domid(), device.key());
            Runnable turn =
                    () -> Driver.of(device.key().kind(), end).ifPresent(driver -> act(device, end, driver, conduct));
            if (conduct.pace().equals(Duration.ZERO)) {
                turn.run();
            } else {
                later(turn, conduct.pace());
            }
        }
    }

    private void later(Runnable turn, Duration pace) {
        CompletableFuture.delayedExecutor(pace.toNanos(), TimeUnit.NANOSECONDS, clock)
                .execute(() -> attempt(turn));
    }

    /** As xenbus_switch_state: in a transaction, and never so that a removed node comes back. */
    private void act(Device device, DeviceEnd end, Driver driver, Conduct conduct) {
        try {
            // most looks see nothing to do, and a transaction would only be in the way of others
            if (next(client, device, end, driver, conduct).isPresent()) {
                client.transaction(transaction -> {
                    next(transaction, device, end, driver, conduct)
                            .ifPresent(rule -> take(transaction, device, end, rule));
                    return null;
                });
            }
        } catch (RefusedException changed) {
            // it was removed, or changed too often meanwhile: another event comes with each change
        }
    }

    private static Optional<Driver.Rule> next(
            Nodes nodes, Device device, DeviceEnd end, Driver driver, Conduct conduct) {
        Sight sight = sight(nodes, device, end);
        return conduct.actsIn(sight.own()) ? driver.next(sight) : Optional.empty();
    }

    private static Sight sight(Nodes nodes, Device device, DeviceEnd end) {
        String backend = device.backend().toString();
        XenbusState front = XenbusState.ofText(NodeWriter.valueOf(nodes, device.frontend() + "/state"));
        XenbusState back = XenbusState.ofText(NodeWriter.valueOf(nodes, backend + "/state"));
        boolean online = NodeWriter.valueOf(nodes, backend + "/online").equals("1");
        String plumbing = device.key().kind() == DeviceKind.VBD ? "/physical-device" : "/hotplug-status";
        boolean plumbed = !NodeWriter.valueOf(nodes, backend + plumbing).isEmpty();
        return end == DeviceEnd.FRONTEND
                ? new Sight(front, back, online, plumbed)
                : new Sight(back, front, online, plumbed);
    }

    private void take(Transaction transaction, Device device, DeviceEnd end, Driver.Rule rule) {
        String directory = device.directory(end);
        for (String key : rule.keys()) {
            transaction.write(directory + '/' + key, numbers.valueOf(key, device.domid()));
        }
        transaction.write(directory + "/state", Integer.toString(rule.to().number()));
    }

    /** Waits for the turn that is being taken: whoever closes the client next takes nothing away from it. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        watch.close();
        clock.shutdown();
    }
}
