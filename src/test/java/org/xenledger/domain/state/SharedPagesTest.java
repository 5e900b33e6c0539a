// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenledger.domain.device.LiveDevice;
import org.xenledger.domain.device.Online;
import org.xenledger.domain.device.ScriptStatus;
import org.xenledger.domain.device.XenbusState;

/** A guest that hides its own state must not make a backend that uses its pages look like one that never did. */
class SharedPagesTest {
    @ParameterizedTest
    @CsvSource({
        "UNKNOWN, CONNECTED, true",
        "INITIALISING, CONNECTED, true",
        "INITIALISED, INIT_WAIT, true",
        "CONNECTED, CONNECTED, true",
        "UNKNOWN, INIT_WAIT, false",
        "INITIALISING, INIT_WAIT, false",
        "CLOSED, CLOSED, false"
    })
    void theBackendsStateTellsItToo(XenbusState frontend, XenbusState backend, boolean shares) {
        LiveDevice live = new LiveDevice(true, true, frontend, backend, Online.YES, ScriptStatus.SUCCEEDED, "");
        assertThat(live.shares()).isEqualTo(shares);
        assertThat(DeviceState.shares(live)).isEqualTo(shares);
    }
}
