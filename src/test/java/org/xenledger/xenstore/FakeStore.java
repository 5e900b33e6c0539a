// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.MessageType;
import org.xenledger.xenstore.wire.XenstorePath;

/** What a {@link FakeDaemon} holds, where a test changes what some requests are answered: nodes, watches, no domain. */
final class FakeStore {
    private final Map<String, String> nodes = new ConcurrentSkipListMap<>();
    private final Map<String, String> watches = new ConcurrentHashMap<>();

    FakeStore() {
        nodes.put("/", "");
    }

    /** With the nodes above it. */
    void put(String path, String value) {
        nodes.put(path, value);
        for (String above = path; !above.equals("/"); ) {
            above = XenstorePath.parent(above);
            nodes.putIfAbsent(above, "");
        }
    }

    void remove(String path) {
        nodes.keySet().removeIf(node -> XenstorePath.isAtOrBelow(node, path));
    }

    boolean isWatched(String path) {
        return watches.containsKey(path);
    }

    /** The event of a change at or below a path that was watched. */
    ByteBuffer event(String watched, String changed) {
        String token = watches.get(watched);
        return new Frame(MessageType.WATCH_EVENT.code(), 0, 0, changed + '\0' + token + '\0').encode();
    }

    List<ByteBuffer> answer(Frame request) {
        String path = request.strings().get(0);
        if (request.is(MessageType.WATCH)) {
            watches.put(path, request.strings().get(1));
            return FakeDaemon.watched(request);
        }
        if (request.is(MessageType.READ) || request.is(MessageType.DIRECTORY)) {
            return List.of(read(request, path));
        }
        if (request.is(MessageType.IS_DOMAIN_INTRODUCED)) {
            return List.of(FakeDaemon.reply(request, MessageType.IS_DOMAIN_INTRODUCED, "F\0"));
        }
        return List.of(FakeDaemon.reply(
                request, request.is(MessageType.UNWATCH) ? MessageType.UNWATCH : MessageType.WRITE, "OK\0"));
    }

    private ByteBuffer read(Frame request, String path) {
        String value = nodes.get(path);
        if (value == null) {
            return FakeDaemon.error(request, "ENOENT");
        }
        return request.is(MessageType.READ)
                ? FakeDaemon.reply(request, MessageType.READ, value)
                : FakeDaemon.reply(request, MessageType.DIRECTORY, children(path));
    }

    private String children(String path) {
        StringBuilder names = new StringBuilder();
        for (String node : nodes.keySet()) {
            if (!node.equals("/") && XenstorePath.parent(node).equals(path)) {
                names.append(node.substring(node.lastIndexOf('/') + 1)).append('\0');
            }
        }
        return names.toString();
    }
}
