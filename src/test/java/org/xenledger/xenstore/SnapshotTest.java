// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.junit.jupiter.api.io.TempDir;
import org.xenledger.xenstore.client.XenstoreClient;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.MessageType;
import org.xenledger.xenstore.wire.XenstoreException;

class SnapshotTest {
    private static final ReadLimits SHORT = new ReadLimits(1000, 1 << 20, 20, 100, Duration.ofSeconds(3));

    @TempDir
    Path directory;

    @Test
    void whereNoDaemonIsTheErrorSaysWhatToGive() {
        Path socket = directory.resolve("socket");
        assertThatThrownBy(() -> XenstoreClient.open(socket))
                .isInstanceOf(XenstoreException.class)
                .hasMessageStartingWith("no xenstored at " + socket)
                .hasMessageContaining("--xenstore-dump");
    }

    @Test
    void aFileThatIsNoSocketIsRefusedInOneSentence() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> XenstoreClient.open(file))
                .isInstanceOf(XenstoreException.class)
                .hasMessageContaining("cannot connect to xenstored at " + file);
    }

    @Test
    void aPathTooLongForASocketIsRefusedInOneSentence() throws Exception {
        Path file = Files.createFile(directory.resolve("x".repeat(200)));
        assertThatThrownBy(() -> XenstoreClient.open(file)).isInstanceOf(XenstoreException.class);
    }

    @Test
    void rootsBelowEachOtherAreRefused() {
        assertThatThrownBy(() -> new Snapshot(List.of("/vm", "/vm/1"), SHORT, false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Snapshot(List.of("vm"), SHORT, false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDaemonThatNeverAnswersIsAnErrorAfterTheTimeGiven() {
        assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertThatThrownBy(() -> read(request -> List.of()))
                        .isInstanceOf(XenstoreException.class)
                        .hasMessageContaining("gives no answer"));
    }

    @Test
    void aDaemonThatTakesNoConnectionIsAnErrorAfterTheTimeGiven() throws Exception {
        withFullQueue(server -> assertThatThrownBy(() -> read(directory.resolve("socket")))
                .isInstanceOf(XenstoreException.class)
                .hasMessageContaining("cannot connect"));
    }

    @Test
    void aDaemonThatIsBusyForAMomentIsWaitedFor() throws Exception {
        withFullQueue(server -> {
            CompletableFuture<SocketChannel> accepted = CompletableFuture.supplyAsync(
                    () -> accept(server), CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS));
            assertThatThrownBy(() -> read(directory.resolve("socket")))
                    .isInstanceOf(XenstoreException.class)
                    .hasMessageContaining("gives no answer");
            accepted.join().close();
        });
    }

    /** The kernel holds one or two callers for a daemon, and refuses the others. */
    private void withFullQueue(ThrowingConsumer<ServerSocketChannel> test) throws Exception {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("socket"));
        List<SocketChannel> waiting = new ArrayList<>();
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address, 1);
            for (boolean queued = true; queued; ) {
                SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX);
                waiting.add(client);
                client.configureBlocking(false);
                queued = connects(client, address);
            }
            assertTimeoutPreemptively(Duration.ofSeconds(10), () -> test.accept(server));
        } finally {
            for (SocketChannel client : waiting) {
                client.close();
            }
        }
    }

    private static SocketChannel accept(ServerSocketChannel server) {
        try {
            return server.accept();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aDaemonThatStopsInTheMiddleLeavesGapsForWhatWasNotRead() {
        XenstoreTree tree = read(request -> switch (request.type()) {
            case 4 -> FakeDaemon.watched(request);
            case 2 ->
                request.body().endsWith("/b\0")
                        ? List.of()
                        : List.of(FakeDaemon.reply(request, MessageType.READ, "value"));
            default ->
                List.of(FakeDaemon.reply(
                        request, MessageType.DIRECTORY, request.body().equals("/vm\0") ? "a\0b\0" : ""));
        });
        assertThat(tree.gaps()).containsExactly(new Gap("/vm/b", Gap.Reason.TIME));
        assertThat(tree.value("/vm/a")).contains("value");
        assertThat(tree.find("/vm/b")).isEmpty();
    }

    @Test
    void anErrorOtherThanAMissingNodeIsAGap() {
        XenstoreTree tree = read(answer("EACCES"));
        assertThat(tree.gaps()).containsExactly(new Gap("/vm", Gap.Reason.UNREADABLE));
        assertThat(tree.value("/vm")).contains("");
    }

    @Test
    void aRefusedWatchIsAnError() {
        assertThatThrownBy(() -> read(request -> List.of(FakeDaemon.error(request, "EACCES"))))
                .isInstanceOf(XenstoreException.class)
                .hasMessageContaining("/vm: EACCES");
    }

    @Test
    void aListThatChangesBetweenItsPartsStartsAgain() {
        AtomicInteger asked = new AtomicInteger();
        XenstoreTree tree = read(inParts(request -> switch (asked.getAndIncrement()) {
            case 0 -> "1\0old\0";
            case 1 -> "2\0\0";
            case 2 -> "2\0a\0";
            default -> "2\0b\0\0";
        }));
        assertThat(tree.children("/vm")).extracting(XenstoreNode::name).containsExactly("a", "b");
        assertThat(tree.whole()).isTrue();
    }

    @Test
    void aListThatNeverStopsChangingIsAGap() {
        AtomicInteger asked = new AtomicInteger();
        XenstoreTree tree = read(inParts(request -> asked.getAndIncrement() + "\0a\0"));
        assertThat(tree.gaps()).containsExactly(new Gap("/vm", Gap.Reason.CHANGING));
    }

    @Test
    void aNodeThatNeverStopsChangingIsAGapAndTheRestIsWhole() {
        ByteBuffer event = new Frame(MessageType.WATCH_EVENT.code(), 0, 0, "/vm/a\0w1\0").encode();
        XenstoreTree tree = read(request -> switch (request.type()) {
            case 4 -> FakeDaemon.watched(request);
            case 2 -> List.of(event.duplicate(), FakeDaemon.reply(request, MessageType.READ, ""));
            default ->
                List.of(FakeDaemon.reply(
                        request, MessageType.DIRECTORY, request.body().equals("/vm\0") ? "a\0b\0" : ""));
        });
        assertThat(tree.gaps()).containsExactly(new Gap("/vm/a", Gap.Reason.CHANGING));
        assertThat(tree.wholeAt("/vm/b")).isTrue();
    }

    @Test
    void aDaemonThatClosesOrSpeaksAnotherProtocolIsAnError() {
        for (ByteBuffer bytes : List.of(
                ByteBuffer.wrap("HTTP/1.1 400 Bad Request\r\n".getBytes(StandardCharsets.US_ASCII)),
                new Frame(MessageType.READ.code(), 77, 0, "").encode(),
                new Frame(MessageType.WATCH_EVENT.code(), 0, 0, "no token").encode())) {
            assertThatThrownBy(() -> read(request -> List.of(bytes.duplicate())))
                    .isInstanceOf(XenstoreException.class);
        }
    }

    /** A daemon whose DIRECTORY of /vm is too long for a reply. */
    private static Function<Frame, List<ByteBuffer>> inParts(Function<Frame, String> part) {
        return request -> switch (request.type()) {
            case 4 -> FakeDaemon.watched(request);
            case 2 -> List.of(FakeDaemon.reply(request, MessageType.READ, ""));
            case 1 ->
                List.of(
                        request.body().equals("/vm\0")
                                ? FakeDaemon.error(request, "E2BIG")
                                : FakeDaemon.reply(request, MessageType.DIRECTORY, ""));
            default -> List.of(FakeDaemon.reply(request, MessageType.DIRECTORY_PART, part.apply(request)));
        };
    }

    private static Function<Frame, List<ByteBuffer>> answer(String error) {
        return request ->
                request.is(MessageType.WATCH) ? FakeDaemon.watched(request) : List.of(FakeDaemon.error(request, error));
    }

    private static boolean connects(SocketChannel client, UnixDomainSocketAddress address) {
        try {
            return client.connect(address);
        } catch (IOException e) {
            return false;
        }
    }

    private static XenstoreTree read(Path socket) {
        try (XenstoreClient client = XenstoreClient.open(socket, SHORT.time())) {
            return new Snapshot(List.of("/vm"), SHORT, false).read(client);
        }
    }

    private static XenstoreTree read(Function<Frame, List<ByteBuffer>> answer) {
        try (FakeDaemon daemon = new FakeDaemon(answer)) {
            return read(daemon.socket());
        }
    }
}
