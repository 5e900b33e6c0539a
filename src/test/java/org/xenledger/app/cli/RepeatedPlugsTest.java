// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xenledger.Soak;
import org.xenledger.app.operate.DeviceName;
import org.xenledger.app.operate.DiskRequest;
import org.xenledger.app.operate.Ended;
import org.xenledger.app.operate.Operator;
import org.xenledger.app.operate.Way;
import org.xenledger.app.operate.Wiring;
import org.xenledger.domain.device.DeviceKind;
import org.xenledger.domain.device.XenbusState;
import org.xenledger.domain.state.OperationState.Outcome;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.StoreLocation;
import org.xenledger.toolstack.hotplug.Limits;
import org.xenledger.toolstack.simulation.Conduct;
import org.xenledger.toolstack.simulation.DeviceEnd;

/** QubesOS/qubes-issues#4784: after some cycles no device detaches any more. */
class RepeatedPlugsTest extends OnPlugHost {
    private static final int CYCLES = 200;
    private static final int A_FEW = 5;

    @Test
    void aFewCyclesLeaveNoResidueInAnyView() throws Exception {
        cycles(A_FEW);
    }

    @Test
    @Tag("soak")
    void twoHundredCyclesLeaveNoResidueInAnyView() throws Exception {
        cycles(Soak.rounds(CYCLES));
    }

    @Test
    void whenStuckTheNodeThatBlocksIsNamedAndSinceWhen() {
        host.run(host.attachDisk());
        host.knobs().all(DeviceEnd.FRONTEND, Conduct.diesAfter(XenbusState.CONNECTED));
        assertThat(host.run(host.detachDisk("--limit", "close=1")).status()).isEqualTo(1);
        host.run("record");
        String check = String.join(" ", host.run("check").out().split("\\s+"));
        assertThat(check)
                .contains("UNPLUG_STUCK")
                .containsPattern("/local/domain/1/device/vbd/51728/state is 4 since \\d{4}-\\d\\d-\\d\\dT[\\d:]+Z");
    }

    /** All by one process, as an agent would. */
    private void cycles(int count) throws Exception {
        Map<String, String> tree = oracle.tree();
        Map<String, String> files = oracle.files();
        Store store = Store.openForWriting(StoreLocation.ofDirectory(host.store()), Store.PATIENCE);
        try (Operator operator = Operator.open(host.session(), "cycles", store, Limits.LIBXL, Wiring.PLAIN, () -> {})) {
            operator.recover(any -> true, false);
            DiskRequest disk = new DiskRequest(List.of("vdev=xvdb", "target=" + host.image()), host.scripts());
            long open = 0;
            for (int i = 0; i < count; i++) {
                done(operator.attach(PlugHost.NAME, disk, Way.PLAIN));
                done(operator.detach(PlugHost.NAME, new DeviceName(DeviceKind.VBD, "xvdb"), false, Way.PLAIN));
                open = i == 0 ? openFiles() : open;
            }
            assertThat(openFiles()).as("open files of this process").isLessThanOrEqualTo(open + 2);
        }
        assertThat(oracle.plugged("in the end")).isFalse();
        assertThat(oracle.tree()).isEqualTo(tree);
        assertThat(oracle.files()).isEqualTo(files);
        assertThat(host.run("check").out()).contains("0 findings, 0 notes");
    }

    private static void done(CompletableFuture<Ended> operation) {
        assertThat(Operator.endOf(operation).state().operation().outcome()).isEqualTo(Outcome.COMPLETED);
    }

    private static long openFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }
}
