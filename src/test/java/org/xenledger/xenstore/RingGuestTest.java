// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.xenledger.xenstore.client.XenstoreClient;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.MessageType;
import org.xenledger.xenstore.wire.XenstorePermission;

/** A guest of each daemon is what a guest is to it: unprivileged, at home in its own directory. */
@ParameterizedClass(name = "{0}")
@EnumSource(
        value = DaemonKind.class,
        names = {"XENSTORED", "OXENSTORED"})
class RingGuestTest {
    @Parameter
    DaemonKind kind;

    private DaemonUnderTest daemon;
    private XenstoreClient tool;
    private RawConnection guest;

    @BeforeEach
    void start() throws Exception {
        daemon = kind.start();
        tool = XenstoreClient.open(daemon.socket());
        daemon.introduce(1, tool);
        tool.write("/local/domain/1/data", "");
        tool.setPermissions("/local/domain/1/data", List.of(new XenstorePermission('n', 1)));
        guest = daemon.guest(1);
    }

    @AfterEach
    void stop() {
        if (daemon != null) {
            tool.close();
            daemon.close();
        }
    }

    @Test
    void itOwnsWhatItMakesAndMayMakeNothingElsewhere() {
        assertThat(guest.ask(MessageType.WRITE, "data/mine\0value").body()).isEqualTo("OK\0");
        assertThat(tool.read("/local/domain/1/data/mine")).isEqualTo("value");
        assertThat(tool.permissions("/local/domain/1/data/mine")).hasToString("[n1]");
        assertThat(guest.ask(MessageType.WRITE, "/libxl/1/x\0").body()).isEqualTo("EACCES\0");
        assertThat(guest.ask(MessageType.INTRODUCE, "2\0001\0003\0").body()).isEqualTo("EACCES\0");
    }

    @Test
    void aReplyLongerThanTheRingArrivesWhole() {
        String value = "v".repeat(2000);
        assertThat(guest.ask(MessageType.WRITE, "data/long\0" + value).body()).isEqualTo("OK\0");
        for (int i = 0; i < 50; i++) {
            assertThat(guest.ask(MessageType.READ, "data/long\0").body()).isEqualTo(value);
        }
    }

    @Test
    void requestsThatDoNotFitAtOnceAreAnsweredInOrder() {
        for (int i = 1; i <= 500; i++) {
            guest.send(new Frame(MessageType.READ.code(), i, 0, "data\0"));
        }
        for (int i = 1; i <= 500; i++) {
            assertThat(guest.receive(RawConnection.PATIENCE).orElseThrow().request())
                    .isEqualTo(i);
        }
    }

    @Test
    void itHearsOfChangesOfItsOwnNodes() {
        guest.ask(MessageType.WATCH, "data\0t\0");
        assertThat(guest.receive(RawConnection.PATIENCE)).map(Frame::body).contains("data\0t\0");
        tool.write("/local/domain/1/data/x", "");
        assertThat(guest.receive(RawConnection.PATIENCE)).map(Frame::body).contains("data/x\0t\0");
    }
}
