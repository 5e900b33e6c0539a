// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.MessageType;

/** What waits for one client to read it: replies and events, in one order. */
final class Outbox {
    private static final int HEADER_BYTES = 16;
    /** Replies up to this length are sent however much memory a domain has taken. */
    private static final int SHORT_REPLY = 256;

    private record Message(Frame frame, Outstanding request) {}

    private final Deque<Message> messages = new ArrayDeque<>();
    private final Set<String> events = new HashSet<>();
    private final Domains domains;
    private final int domid;
    private long bytes;

    /** @param domid whose memory it takes */
    Outbox(Domains domains, int domid) {
        this.domains = domains;
        this.domid = domid;
    }

    /** Answers a request; a reply too long for the protocol is the error E2BIG. */
    void reply(Frame asked, MessageType type, String body, Outstanding request) {
        if (body.length() > Frame.MAX_REQUEST) {
            reply(asked, MessageType.ERROR, Errno.E2BIG + "\0", request);
        } else if (body.length() > SHORT_REPLY && !domains.hasMemory(domid, HEADER_BYTES + body.length())) {
            reply(asked, MessageType.ERROR, Errno.ENOMEM + "\0", request);
        } else {
            add(new Frame(type.code(), asked.request(), asked.transaction(), body), request);
        }
    }

    /** Queues an event, except one that waits already, one too long, and one that a domain has no memory for. */
    void event(String path, String token, Outstanding request) {
        String body = path + '\0' + token + '\0';
        boolean again = events.contains(body) && !NodePath.isSpecial(path);
        if (!again && body.length() <= Frame.MAX_REQUEST && domains.hasMemory(domid, HEADER_BYTES + body.length())) {
            events.add(body);
            add(new Frame(MessageType.WATCH_EVENT.code(), 0, 0, body), request);
        }
    }

    private void add(Frame frame, Outstanding request) {
        request.begin();
        messages.add(new Message(frame, request));
        count(HEADER_BYTES + frame.body().length());
    }

    private void count(int change) {
        bytes += change;
        domains.countMemory(domid, change);
    }

    /** Takes out the next frame, which is to be sent. */
    Optional<Frame> poll() {
        Message next = messages.poll();
        if (next == null) {
            return Optional.empty();
        }
        next.request().end();
        count(-HEADER_BYTES - next.frame().body().length());
        if (next.frame().is(MessageType.WATCH_EVENT)) {
            events.remove(next.frame().body());
        }
        return Optional.of(next.frame());
    }

    /** The length of all that waits, with headers. */
    long bytes() {
        return bytes;
    }

    void clear() {
        while (poll().isPresent()) {
            // what nobody reads any more
        }
    }
}
