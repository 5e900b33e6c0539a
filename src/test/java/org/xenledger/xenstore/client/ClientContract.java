// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.xenledger.xenstore.DaemonKind;
import org.xenledger.xenstore.DaemonUnderTest;
import org.xenledger.xenstore.OxenstoredDifference;

/** What the client promises, and what it relies on, with each daemon; every test has a fresh one. */
@ParameterizedClass(name = "{0}")
@EnumSource(DaemonKind.class)
abstract class ClientContract {
    @Parameter
    DaemonKind kind;

    DaemonUnderTest daemon;
    XenstoreClient client;

    @BeforeEach
    final void start() {
        daemon = kind.start();
        client = XenstoreClient.open(daemon.socket());
    }

    @AfterEach
    final void stop() {
        if (client != null) {
            client.close();
        }
        if (daemon != null) {
            daemon.close();
        }
    }

    final boolean differs(OxenstoredDifference difference) {
        return daemon.differences().contains(difference);
    }

    static void assertRefused(String error, ThrowingCallable request) {
        assertThatThrownBy(request)
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.error()).isEqualTo(error));
    }
}
