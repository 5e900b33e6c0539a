// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xenledger.app.cli.Cli.Result;
import org.xenledger.domain.device.XenbusState;
import org.xenledger.toolstack.simulation.Conduct;
import org.xenledger.toolstack.simulation.DeviceEnd;
import org.xenledger.xenstore.RawConnection;
import org.xenledger.xenstore.RingGuest;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.MessageType;

/** A real guest, with a guest's rights, that writes to its frontend without a pause: that decides its own state and no more. */
class RestlessGuestTest extends OnPlugHost {
    private static final String STATE = "device/vbd/51728/state";
    private static final int IN_FLIGHT = 2;

    private final AtomicBoolean on = new AtomicBoolean(true);
    private final AtomicInteger written = new AtomicInteger();
    private CompletableFuture<Void> writer;

    @BeforeEach
    void start() throws IOException {
        assertThat(host.run(host.attachDisk()).status()).isZero();
        host.knobs().all(DeviceEnd.FRONTEND, Conduct.diesAfter(XenbusState.CONNECTED));
        RingGuest guest = host.guest();
        writer = CompletableFuture.runAsync(() -> write(guest));
    }

    @AfterEach
    void stop() {
        on.set(false);
        if (writer != null) {
            writer.join();
        }
    }

    /** What it had before, as fast as its ring allows; refused when its frontend is gone. */
    private void write(RingGuest guest) {
        int inFlight = 0;
        while (on.get()) {
            guest.send(new Frame(MessageType.WRITE.code(), 1, 0, STATE + "\0004"));
            inFlight++;
            while (inFlight >= IN_FLIGHT) {
                boolean done = guest.receive(RawConnection.PATIENCE)
                        .orElseThrow()
                        .error()
                        .isEmpty();
                written.addAndGet(done ? 1 : 0);
                inFlight--;
            }
        }
    }

    @Test
    @Timeout(60)
    void itsDiskIsAskedBackAndTakenFromItWhenToldTo() throws Exception {
        killed("after closeBackend", host.detachDisk());
        Result waited = host.run("heal", "--limit", "close=1");
        assertThat(waited.out()).as(waited.err()).contains("stuck: the guest has not let go of it");
        assertThat(written.get()).as("how often the guest wrote").isGreaterThan(1000);
        assertThat(writer).as("the guest was at it all the time").isNotDone();
        Result taken = host.run("heal", "--force", "--limit", "close=1");
        assertThat(taken.out()).as(taken.err()).contains("detached");
        assertThat(oracle.plugged("taken")).isFalse();
    }
}
