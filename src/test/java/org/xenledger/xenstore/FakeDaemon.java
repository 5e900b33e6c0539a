// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.FrameDecoder;
import org.xenledger.xenstore.wire.MessageType;

/** Answers one client as the test says: what no real daemon can be brought to do. */
final class FakeDaemon implements AutoCloseable {
    /** No bytes: closes the connection. */
    static final ByteBuffer CLOSE = ByteBuffer.allocate(0);

    private final Path directory;
    private final ServerSocketChannel server;
    private final Function<Frame, List<ByteBuffer>> answer;
    private final Thread thread;

    FakeDaemon(Function<Frame, List<ByteBuffer>> answer) {
        try {
            this.directory = Files.createTempDirectory("xs");
            this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(socket()), 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.answer = answer;
        this.thread = new Thread(this::serve);
        thread.start();
    }

    Path socket() {
        return directory.resolve("socket");
    }

    /** What both daemons do with a watch: the reply, then the first event. */
    static List<ByteBuffer> watched(Frame request) {
        return List.of(
                reply(request, MessageType.WATCH, "OK\0"),
                new Frame(MessageType.WATCH_EVENT.code(), 0, 0, request.body()).encode());
    }

    static ByteBuffer reply(Frame request, MessageType type, String body) {
        return new Frame(type.code(), request.request(), 0, body).encode();
    }

    static ByteBuffer error(Frame request, String name) {
        return reply(request, MessageType.ERROR, name + '\0');
    }

    private void serve() {
        try (SocketChannel client = server.accept()) {
            ByteBuffer incoming = ByteBuffer.allocate(4096);
            FrameDecoder decoder = new FrameDecoder();
            while (client.read(incoming.clear()) >= 0) {
                decoder.feed(incoming.flip());
                for (Optional<Frame> frame = decoder.next(); frame.isPresent(); frame = decoder.next()) {
                    for (ByteBuffer bytes : answer.apply(frame.get())) {
                        if (!bytes.hasRemaining()) {
                            return;
                        }
                        client.write(bytes);
                    }
                }
            }
        } catch (IOException e) {
            // the client has gone, which is the end of this daemon
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            thread.join();
            Files.deleteIfExists(socket());
            Files.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
