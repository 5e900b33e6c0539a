// SPDX-License-Identifier: Apache-2.0
package org.xenledger.bench;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.xenledger.xenstore.RawConnection;
import org.xenledger.xenstore.client.ChildList;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.MessageType;

/** Asks for every node and its children with as many requests under way as the client has, and forgets the replies. */
final class BareReader {
    private static final int IN_FLIGHT = 64;

    /** @param list where the children come in parts */
    private record Asked(MessageType type, String path, ChildList list) {}

    private final RawConnection connection;
    private final Deque<Asked> waiting = new ArrayDeque<>();
    private final Deque<Asked> sent = new ArrayDeque<>();

    BareReader(RawConnection connection) {
        this.connection = connection;
    }

    void read(List<String> roots) {
        roots.forEach(this::ask);
        while (!waiting.isEmpty() || !sent.isEmpty()) {
            while (!waiting.isEmpty() && sent.size() < IN_FLIGHT) {
                send(waiting.pop());
            }
            // the C daemon answers in order
            take(sent.remove(), connection.receive(RawConnection.PATIENCE).orElseThrow());
        }
    }

    private void ask(String path) {
        waiting.push(new Asked(MessageType.DIRECTORY, path, null));
        waiting.push(new Asked(MessageType.READ, path, null));
    }

    private void send(Asked asked) {
        String offset = asked.list() == null ? "" : asked.list().offset() + "\0";
        connection.send(new Frame(asked.type().code(), 1, 0, asked.path() + "\0" + offset));
        sent.add(asked);
    }

    private void take(Asked asked, Frame reply) {
        if (asked.type() == MessageType.DIRECTORY && reply.is(MessageType.ERROR)) {
            waiting.push(new Asked(MessageType.DIRECTORY_PART, asked.path(), new ChildList()));
        } else if (asked.type() == MessageType.DIRECTORY) {
            reply.strings().forEach(name -> ask(asked.path() + "/" + name));
        } else if (asked.type() == MessageType.DIRECTORY_PART) {
            asked.list().take(reply);
            if (asked.list().isComplete()) {
                asked.list().names().forEach(name -> ask(asked.path() + "/" + name));
            } else {
                waiting.push(asked);
            }
        }
    }
}
