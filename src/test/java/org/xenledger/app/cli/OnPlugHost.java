// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.xenledger.ledger.Child;

/** Tests on a host to plug on. What they plug is the guest's second disk, which the oracle judges. */
abstract class OnPlugHost {
    /** How a process ends that SIGKILL has ended. */
    static final int KILLED = 128 + 9;

    @TempDir
    Path directory;

    PlugHost host;
    HostOracle oracle;

    @BeforeEach
    final void openHost() throws IOException {
        host = new PlugHost(directory);
        oracle = new HostOracle(host, "vbd", 51728);
    }

    @AfterEach
    final void closeHost() {
        if (host != null) {
            host.close();
        }
    }

    /** The command, as a process that kills itself at a point; what it said. */
    final List<String> killed(String point, List<String> command) throws Exception {
        try (Child child = host.child(point, command)) {
            List<String> lines = child.lines();
            assertThat(child.exitStatus()).as(String.join("\n", lines)).isEqualTo(KILLED);
            return lines;
        }
    }
}
