// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.wire;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Many requests on one connection, at most {@link #IN_FLIGHT} of them unanswered: an order of magnitude faster than one
 * at a time, and more would not be faster. Replies are matched by request id, as the protocol does not promise order.
 */
public final class Pipeline {
    static final int IN_FLIGHT = 64;

    private record Request(MessageType type, String body, Consumer<Frame> onReply) {}

    private final Connection connection;
    private final Consumer<Frame> onEvent;
    private final Queue<Request> waiting = new ArrayDeque<>();
    private final Map<Integer, Request> inFlight = new HashMap<>();
    private int lastId;

    /** @param onEvent takes each watch event, between the replies, in the order of their coming */
    public Pipeline(Connection connection, Consumer<Frame> onEvent) {
        this.connection = connection;
        this.onEvent = onEvent;
    }

    /** Queues a request made of NUL-terminated strings; its reply may be an {@link MessageType#ERROR}. */
    public void ask(MessageType type, Consumer<Frame> onReply, String... strings) {
        String body = String.join("\0", strings) + '\0';
        if (body.length() > Frame.MAX_REQUEST) {
            throw new IllegalArgumentException("a request of " + body.length() + " bytes");
        }
        waiting.add(new Request(type, body, onReply));
    }

    /** Goes on until every request, also those that replies lead to, is answered; false when time ran out first. */
    public boolean drain(Deadline deadline) {
        while (!waiting.isEmpty() || !inFlight.isEmpty()) {
            if (!step(deadline)) {
                return false;
            }
        }
        return true;
    }

    /** Handles one frame; false when the deadline passed and none had come. */
    public boolean step(Deadline deadline) {
        while (inFlight.size() < IN_FLIGHT && !waiting.isEmpty()) {
            Request request = waiting.remove();
            // 0 is the id of events
            lastId = lastId == -1 ? 1 : lastId + 1;
            inFlight.put(lastId, request);
            connection.send(new Frame(request.type().code(), lastId, 0, request.body()));
        }
        Optional<Frame> frame = deadline.passed() ? Optional.empty() : connection.receive(deadline);
        frame.ifPresent(this::dispatch);
        return frame.isPresent();
    }

    private void dispatch(Frame frame) {
        if (frame.is(MessageType.WATCH_EVENT)) {
            onEvent.accept(frame);
            return;
        }
        Request request = inFlight.remove(frame.request());
        if (request == null || !(frame.is(request.type()) || frame.is(MessageType.ERROR))) {
            throw new XenstoreException("the daemon sent a message of type " + frame.type()
                    + " that answers nothing asked: check that the socket is xenstored's");
        }
        request.onReply().accept(frame);
    }
}
