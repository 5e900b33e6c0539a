// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.hotplug;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.xenledger.domain.device.LiveDevice;
import org.xenledger.xenstore.client.Watch;
import org.xenledger.xenstore.client.XenstoreClient;

/** Waits by watches until a device's ends stand in a certain way. */
final class StateWait {
    private final XenstoreClient xenstore;
    private final LiveLook look;

    StateWait(XenstoreClient xenstore, LiveLook look) {
        this.xenstore = xenstore;
        this.look = look;
    }

    /** The device when it first fits, or as it stands when the time is over. */
    LiveDevice until(Predicate<LiveDevice> fits, Duration limit) throws InterruptedException {
        return until(fits, limit, new CompletableFuture<>());
    }

    /** The same, where also something else than the device may be what is waited for: when it completes, too, we look. */
    @SuppressWarnings("try") // the watches only wake us
    LiveDevice until(Predicate<LiveDevice> fits, Duration limit, CompletableFuture<?> other)
            throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        Semaphore changes = new Semaphore(0);
        DeviceDirectories paths = look.paths();
        CompletableFuture<Void> woken = other.thenRun(changes::release);
        try (Watch entry = xenstore.watch(paths.libxlEntry(), (changed, missed) -> changes.release());
                Watch backend = xenstore.watch(paths.backend(), (changed, missed) -> changes.release());
                Watch frontend = xenstore.watch(paths.frontend() + "/state", (changed, missed) -> changes.release())) {
            while (true) {
                changes.drainPermits();
                LiveDevice live = look.now();
                // a guest that writes without a pause always leaves a change behind; the time is over all the same
                long left = end - System.nanoTime();
                if (fits.test(live) || left <= 0 || !changes.tryAcquire(left, TimeUnit.NANOSECONDS)) {
                    return live;
                }
            }
        } finally {
            woken.cancel(false);
        }
    }
}
