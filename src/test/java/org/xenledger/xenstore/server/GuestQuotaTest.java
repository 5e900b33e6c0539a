// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.xenledger.xenstore.DaemonKind;
import org.xenledger.xenstore.DaemonUnderTest;
import org.xenledger.xenstore.RawConnection;
import org.xenledger.xenstore.RawSocket;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.MessageType;

/** What bounds an unprivileged guest, as the C daemon counts it. */
@ParameterizedClass(name = "{0}")
@EnumSource(
        value = DaemonKind.class,
        names = {"EMBEDDED", "XENSTORED"})
class GuestQuotaTest {
    private static final int MORE_THAN_ANY_QUOTA = 2000;

    @Parameter
    DaemonKind kind;

    private DaemonUnderTest daemon;
    private RawConnection tool;
    private RawConnection guest;

    @BeforeEach
    void start() throws IOException {
        daemon = kind.start();
        tool = new RawSocket(daemon.socket());
        daemon.create(1);
        tool.ask(MessageType.INTRODUCE, "1\0001\0003\0");
        tool.ask(MessageType.WRITE, "/local/domain/1/data\0");
        tool.ask(MessageType.SET_PERMS, "/local/domain/1/data\0n1\0");
        guest = daemon.guest(1);
    }

    @AfterEach
    void stop() {
        if (daemon != null) {
            daemon.close();
        }
    }

    @Test
    void aDomainMayOwnAThousandNodes() {
        String error = "";
        int made = 1;
        while (error.isEmpty() && made < MORE_THAN_ANY_QUOTA) {
            error = error(MessageType.WRITE, "data/d" + made / 100 + "/n" + made + "\0x");
            made += error.isEmpty() ? 1 : 0;
        }
        assertThat(error).isEqualTo("ENOSPC");
        assertThat(used("nodes")).isEqualTo(1000);
        assertThat(error(MessageType.RM, "data/d1\0")).isEmpty();
        assertThat(error(MessageType.WRITE, "data/again\0x")).isEmpty();
    }

    @Test
    void theNamesOfANodesChildrenCountForItsSize() {
        int made = 0;
        while (error(MessageType.MKDIR, "data/n" + made + '\0').isEmpty() && made < MORE_THAN_ANY_QUOTA) {
            made++;
        }
        assertThat(made).isEqualTo(425);
        assertThat(error(MessageType.WRITE, "data/n0\0" + "v".repeat(2015))).isEmpty();
        assertThat(error(MessageType.WRITE, "data/n0\0" + "v".repeat(2016))).isEqualTo("ENOSPC");
    }

    @Test
    void aNodeMayHaveFivePermissions() {
        String five = "data\0n1\0r0\0r0\0r0\0r0\0";
        assertThat(error(MessageType.SET_PERMS, five)).isEmpty();
        assertThat(error(MessageType.SET_PERMS, five + "r0\0")).isEqualTo("ENOSPC");
    }

    @Test
    void aDomainMayHaveThisManyWatchesAndTransactions() {
        for (int i = 0; i < 129; i++) {
            assertThat(error(MessageType.WATCH, "data\0" + i + '\0')).isEmpty();
        }
        assertThat(error(MessageType.WATCH, "data\0more\0")).isEqualTo("E2BIG");
        for (int i = 0; i < 11; i++) {
            assertThat(error(MessageType.TRANSACTION_START, "\0")).isEmpty();
        }
        assertThat(error(MessageType.TRANSACTION_START, "\0")).isEqualTo("ENOSPC");
        assertThat(error(MessageType.RESET_WATCHES, "\0")).isEmpty();
        assertThat(used("watches") + used("transactions")).isZero();
    }

    @Test
    void aTransactionThatTouchesTooManyNodesFails() {
        guest.ask(MessageType.TRANSACTION_START, "\0");
        // and their parent
        for (int i = 0; i < 1023; i++) {
            assertThat(inTransaction(MessageType.READ, "data/n" + i + '\0')).isEqualTo("ENOENT");
        }
        assertThat(inTransaction(MessageType.READ, "data/more\0")).isEqualTo("ENOSPC");
        assertThat(inTransaction(MessageType.TRANSACTION_END, "T\0")).isEqualTo("ENOMEM");
    }

    @Test
    void whatAQuotaRefusesLeavesNothingBehind() {
        tool.ask(MessageType.CONTROL, "quota\0set\0nodes\0003\0");
        assertThat(error(MessageType.WRITE, "data/a/b/c\0x")).isEqualTo("ENOSPC");
        assertThat(tool.ask(MessageType.DIRECTORY, "/local/domain/1/data\0").body())
                .isEmpty();
        assertThat(used("nodes")).isEqualTo(1);
        assertThat(error(MessageType.WRITE, "data/a/b\0x")).isEmpty();
    }

    private String inTransaction(MessageType type, String body) {
        guest.send(new Frame(type.code(), 5, 1, body));
        return error(guest.receive(RawConnection.PATIENCE).orElseThrow());
    }

    private String error(MessageType type, String body) {
        return error(guest.ask(type, body));
    }

    private static String error(Frame reply) {
        return reply.is(MessageType.ERROR) ? reply.body().trim() : "";
    }

    private int used(String quota) {
        return tool.ask(MessageType.CONTROL, "quota\0001\0")
                .body()
                .lines()
                .filter(line -> line.startsWith(quota))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .mapToInt(Integer::parseInt)
                .findFirst()
                .orElseThrow();
    }
}
