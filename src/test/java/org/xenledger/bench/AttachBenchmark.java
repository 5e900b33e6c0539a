// SPDX-License-Identifier: Apache-2.0
package org.xenledger.bench;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.xenledger.app.cli.PlugHost;
import org.xenledger.app.operate.DeviceName;
import org.xenledger.app.operate.DiskRequest;
import org.xenledger.app.operate.Ended;
import org.xenledger.app.operate.Operator;
import org.xenledger.app.operate.Way;
import org.xenledger.app.operate.Wiring;
import org.xenledger.domain.device.DeviceKind;
import org.xenledger.domain.operation.Toolstack;
import org.xenledger.domain.state.OperationState.Outcome;
import org.xenledger.ledger.Ledger;
import org.xenledger.toolstack.hotplug.Limits;

/** What the ledger adds to an attach whose script does next to nothing, on the real xenstored. */
final class AttachBenchmark {
    private static final int WARM_UP = 20;
    private static final int CYCLES = 100;

    private AttachBenchmark() {}

    static void run(Path directory, Report report) throws Exception {
        Meter meter = new Meter();
        Samples whole = new Samples();
        Samples added = new Samples();
        Samples share = new Samples();
        long events = 0;
        long appends = 0;
        try (PlugHost host = new PlugHost(directory);
                Operator operator = Operator.open(
                        host.session(), "a benchmark", Benchmarks.open(host.store()), Limits.LIBXL, meter, () -> {})) {
            operator.recover(any -> true, false);
            DiskRequest disk = new DiskRequest(List.of("vdev=xvdb", "target=" + host.image()), host.scripts());
            for (int i = 0; i < WARM_UP + CYCLES; i++) {
                meter.reset();
                long start = System.nanoTime();
                done(operator.attach("guest1", disk, Way.PLAIN));
                double millis = (System.nanoTime() - start) / 1e6;
                double effects = meter.effects.get() / 1e6;
                if (i >= WARM_UP) {
                    whole.add(millis);
                    added.add(millis - effects);
                    share.add(100 * (millis - effects) / millis);
                    events = meter.events.get();
                    appends = meter.appends.get();
                }
                done(operator.detach("guest1", new DeviceName(DeviceKind.VBD, "xvdb"), false, Way.PLAIN));
            }
        }
        report.row(
                "an attach with a script that does next to nothing, p50",
                Report.text("%.1f ms (p99 %.1f ms)", whole.median(), whole.percentile(99)),
                Report.text("%d events in %d appends, each two forces; libxl-json two more", events, appends));
        report.row(
                "of it not in effects: looks, decisions, the ledger",
                Report.text("%.1f ms (p99 %.1f ms)", added.median(), added.percentile(99)),
                Report.text("%.0f %% of the whole (p99 %.0f %%)", share.median(), share.percentile(99)));
    }

    private static void done(CompletableFuture<Ended> operation) {
        Outcome outcome = Operator.endOf(operation).state().operation().outcome();
        if (outcome != Outcome.COMPLETED) {
            throw new IllegalStateException("an operation ended as " + outcome);
        }
    }

    /** Adds up the time in effects, and counts what is appended. */
    private static final class Meter implements Wiring {
        private final AtomicLong effects = new AtomicLong();
        private final AtomicLong events = new AtomicLong();
        private final AtomicLong appends = new AtomicLong();

        private void reset() {
            effects.set(0);
            events.set(0);
            appends.set(0);
        }

        @Override
        public Toolstack around(Toolstack toolstack) {
            return proxy(Toolstack.class, toolstack, (nanos, result) -> effects.addAndGet(nanos));
        }

        @Override
        public Ledger around(Ledger ledger) {
            return proxy(Ledger.class, ledger, (nanos, result) -> {
                if (result instanceof List<?> recorded && !recorded.isEmpty()) {
                    appends.incrementAndGet();
                    events.addAndGet(recorded.size());
                }
            });
        }

        private interface After {
            void call(long nanos, Object result);
        }

        private static <T> T proxy(Class<T> type, T target, After after) {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                        long start = System.nanoTime();
                        try {
                            Object result = method.invoke(target, arguments);
                            after.call(System.nanoTime() - start, result);
                            return result;
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }));
        }
    }
}
