// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class XenstoreSocketTest {
    @Test
    void theSocketIsWhereLibxenstoreWouldLook() {
        assertThat(XenstoreSocket.of(Map.of())).hasToString("/var/run/xenstored/socket");
        assertThat(XenstoreSocket.of(Map.of("XENSTORED_RUNDIR", "/r"))).hasToString("/r/socket");
        assertThat(XenstoreSocket.of(Map.of("XENSTORED_RUNDIR", "/r", "XENSTORED_PATH", "/p")))
                .hasToString("/p");
    }
}
