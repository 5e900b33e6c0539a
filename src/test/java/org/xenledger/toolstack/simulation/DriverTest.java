// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.xenledger.domain.device.DeviceKind;
import org.xenledger.domain.device.XenbusState;

/** The steps of both ends of a device, in the order of the protocol: xen/include/public/io/xenbus.h. */
class DriverTest {
    /** Both ends, while each takes one step in its turn until neither moves. */
    private static final class Pair {
        private final Driver front;
        private final Driver back;
        private final List<String> steps = new ArrayList<>();
        private XenbusState frontend = XenbusState.INITIALISING;
        private XenbusState backend = XenbusState.INITIALISING;
        private boolean online = true;
        private boolean plumbed;

        private Pair(DeviceKind kind) {
            front = Driver.of(kind, DeviceEnd.FRONTEND).orElseThrow();
            back = Driver.of(kind, DeviceEnd.BACKEND).orElseThrow();
        }

        private List<String> settle() {
            steps.clear();
            boolean moved = true;
            while (moved) {
                Optional<Driver.Rule> of = back.next(new Sight(backend, frontend, online, plumbed));
                of.ifPresent(rule -> {
                    backend = rule.to();
                    steps.add("b" + rule.to().number());
                });
                moved = of.isPresent();
                of = front.next(new Sight(frontend, backend, online, plumbed));
                of.ifPresent(rule -> {
                    frontend = rule.to();
                    steps.add("f" + rule.to().number());
                });
                moved |= of.isPresent();
            }
            return steps;
        }
    }

    @Test
    void aDiskConnectsOnceItsScriptHasRun() {
        Pair disk = new Pair(DeviceKind.VBD);
        assertThat(disk.settle()).containsExactly("b2", "f3");
        disk.plumbed = true;
        assertThat(disk.settle()).containsExactly("b4", "f4");
    }

    @Test
    void aNicConnectsOnceItsScriptHasRun() {
        Pair nic = new Pair(DeviceKind.VIF);
        assertThat(nic.settle()).containsExactly("b2", "f4");
        nic.plumbed = true;
        assertThat(nic.settle()).containsExactly("b4");
    }

    @Test
    void whatTheToolstackWantsGoneCloses() {
        for (DeviceKind kind : List.of(DeviceKind.VBD, DeviceKind.VIF)) {
            Pair pair = connected(kind);
            pair.online = false;
            pair.backend = XenbusState.CLOSING;
            assertThat(pair.settle()).containsExactly("f5", "f6", "b6");
        }
    }

    @Test
    void aBackendWhoseFrontendIsTakenAwayCloses() {
        Pair pair = connected(DeviceKind.VBD);
        pair.online = false;
        pair.backend = XenbusState.CLOSING;
        pair.frontend = XenbusState.UNKNOWN;
        assertThat(pair.settle()).containsExactly("b6");
    }

    @Test
    void aGuestThatLoadsItsDriverAgainConnectsAgain() {
        Pair pair = connected(DeviceKind.VBD);
        pair.frontend = XenbusState.CLOSING;
        assertThat(pair.settle()).containsExactly("b5", "f6", "b6");
        pair.frontend = XenbusState.INITIALISING;
        assertThat(pair.settle()).containsExactly("b2", "f3", "b4", "f4");
    }

    private static Pair connected(DeviceKind kind) {
        Pair pair = new Pair(kind);
        pair.plumbed = true;
        pair.settle();
        assertThat(pair.backend).isEqualTo(XenbusState.CONNECTED);
        assertThat(pair.frontend).isEqualTo(XenbusState.CONNECTED);
        return pair;
    }
}
