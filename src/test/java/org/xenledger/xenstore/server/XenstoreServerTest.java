// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xenledger.ledger.Child;
import org.xenledger.xenstore.RawConnection;
import org.xenledger.xenstore.RawSocket;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.MessageType;
import org.xenledger.xenstore.wire.XenstoreException;

class XenstoreServerTest {
    @TempDir
    private Path directory;

    @Test
    void itsSocketIsItsUsersAloneAndGoesWithIt() throws Exception {
        try (XenstoreServer server = XenstoreServer.start(socket())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
                    .isEqualTo("rw-------");
            server.listenAs(1, directory.resolve("guest"));
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void itTakesThePlaceOfASocketThatNobodyListensOn() throws Exception {
        try (ServerSocketChannel left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            left.bind(UnixDomainSocketAddress.of(socket()));
        }
        assertThat(socket()).exists();
        try (XenstoreServer server = XenstoreServer.start(socket());
                RawSocket client = new RawSocket(socket())) {
            assertThat(client.ask(MessageType.READ, "/\0").type()).isEqualTo(MessageType.READ.code());
            server.checkDomains();
        }
    }

    @Test
    void itTakesNothingAwayFromAnotherServerOrAFile() throws Exception {
        try (XenstoreServer first = XenstoreServer.start(socket());
                RawSocket client = new RawSocket(socket())) {
            assertThatThrownBy(() -> XenstoreServer.start(socket()))
                    .isInstanceOf(XenstoreException.class)
                    .hasMessageMatching("cannot listen on .*another program listens there.*[^\n]+");
            assertThat(client.ask(MessageType.READ, "/\0").type()).isEqualTo(MessageType.READ.code());
            first.checkDomains();
        }
        Path file = Files.writeString(directory.resolve("file"), "precious");
        assertThatThrownBy(() -> XenstoreServer.start(file)).isInstanceOf(XenstoreException.class);
        assertThat(file).hasContent("precious");
        assertThatThrownBy(() -> XenstoreServer.start(directory.resolve("none/socket")))
                .isInstanceOf(XenstoreException.class)
                .hasMessageContaining("give a path of a new file");
        assertThatThrownBy(() -> XenstoreServer.start(directory.resolve("x".repeat(120))))
                .isInstanceOf(XenstoreException.class);
    }

    @Test
    void aClientThatComesWhileNoFileDescriptorIsLeftIsServedLater() throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -n 64; exec \"$@\"", "sh"));
        command.addAll(Child.command(List.of(), CrowdedServer.class, socket().toString()));
        try (Child crowded = Child.start(command)) {
            assertThat(crowded.lines())
                    .hasSize(3)
                    .contains("served meanwhile", "served late")
                    .first()
                    .isEqualTo("/dev/null (Too many open files)");
            assertThat(crowded.exitStatus()).isZero();
        }
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void anErrorEndsItAndIsToldWhenItIsClosed() {
        XenstoreServer server = XenstoreServer.start(socket(), domid -> {
            throw new StackOverflowError("on purpose");
        });
        try (RawSocket client = new RawSocket(socket())) {
            client.send(new Frame(MessageType.INTRODUCE.code(), 1, 0, "1\0001\0003\0"));
            assertThat(client.receive(RawConnection.PATIENCE)).isEmpty();
        }
        assertThatThrownBy(server::close)
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("on purpose");
    }

    @Test
    void oneThatCannotListenLeavesNothingOpen() throws Exception {
        long before = openFiles();
        for (int i = 0; i < 50; i++) {
            assertThatThrownBy(() -> XenstoreServer.start(directory.resolve("none/socket")))
                    .isInstanceOf(XenstoreException.class);
        }
        // others may open some meanwhile
        assertThat(openFiles()).isLessThan(before + 50);
    }

    private static long openFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }

    @Test
    void aDomainsConnectionsAreThereWhileItIsIntroduced() {
        Path guests = directory.resolve("guest");
        try (XenstoreServer server = XenstoreServer.start(socket());
                RawSocket tool = new RawSocket(socket())) {
            server.listenAs(1, guests);
            RawSocket tooEarly = new RawSocket(guests);
            assertThat(tooEarly.receive(RawConnection.PATIENCE)).isEmpty();
            assertThat(tooEarly.isClosed()).isTrue();

            tool.ask(MessageType.INTRODUCE, "1\0001\0003\0");
            RawSocket guest = new RawSocket(guests);
            assertThat(guest.ask(MessageType.WRITE, "/x\0").body()).isEqualTo("EACCES\0");
            tool.ask(MessageType.RELEASE, "1\0");
            assertThat(guest.receive(RawConnection.PATIENCE)).isEmpty();
            assertThat(guest.isClosed()).isTrue();
        }
    }

    @Test
    void aClientThatReadsNoRepliesIsListenedToNoLonger() {
        int requests = 400_000;
        try (XenstoreServer server = XenstoreServer.start(socket());
                RawSocket client = new RawSocket(socket());
                RawSocket other = new RawSocket(socket())) {
            client.ask(MessageType.WRITE, "/a\0" + "v".repeat(4000));
            int sent = 0;
            while (sent < requests && client.unsent() == 0) {
                client.send(new Frame(MessageType.READ.code(), ++sent, 0, "/a\0"));
                if (sent % 1000 == 0) {
                    other.ask(MessageType.READ, "/\0");
                }
            }
            assertThat(sent).as("requests that the server took and holds").isLessThan(100_000);
            for (int i = 1; i <= sent; i++) {
                Optional<Frame> reply = client.receive(RawConnection.PATIENCE);
                assertThat(reply.orElseThrow().request()).isEqualTo(i);
            }
            server.checkDomains();
        }
    }

    @Test
    void aWatcherThatReadsNoEventsIsCutOffBeforeTheyFillTheMemory() {
        try (XenstoreServer server = XenstoreServer.start(socket());
                RawSocket watcher = new RawSocket(socket());
                RawSocket writer = new RawSocket(socket())) {
            String longToken = "t".repeat(2000);
            for (int i = 0; i < 4000; i++) {
                watcher.ask(MessageType.WATCH, "/\0" + longToken + i + '\0');
            }
            for (int i = 0; i < 6; i++) {
                writer.ask(MessageType.WRITE, "/a/" + i + "\0");
            }
            assertThat(writer.ask(MessageType.READ, "/a/5\0").body()).isEmpty();
            while (watcher.receive(RawConnection.PATIENCE).isPresent()) {
                assertThat(watcher.isClosed()).isFalse();
            }
            assertThat(watcher.isClosed()).isTrue();
            server.checkDomains();
        }
    }

    private Path socket() {
        return directory.resolve("socket");
    }
}
