// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.xenledger.xenstore.RawConnection;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.MessageType;

/** What one client saw of one step, in its order. */
final class Seen {
    private final List<String> lines = new ArrayList<>();
    private final Set<String> events = new HashSet<>();
    private final boolean onceOnly;

    /**
     * @param onceOnly leave out an event that was seen before in this step: an equal one that still waits is dropped by
     *     the daemon, and whether it does is a matter of time
     */
    Seen(boolean onceOnly) {
        this.onceOnly = onceOnly;
    }

    /** Notes events until the reply to a request comes, which it returns. */
    Frame until(RawConnection line, int request) {
        while (true) {
            Frame frame = line.receive(RawConnection.PATIENCE)
                    .orElseThrow(() -> new AssertionError("no reply; before it came " + lines));
            if (!frame.is(MessageType.WATCH_EVENT)) {
                if (frame.request() != request) {
                    throw new AssertionError("a reply out of order: " + frame);
                }
                return frame;
            }
            boolean special = frame.body().startsWith("@");
            if (special || !onceOnly || events.add(frame.body())) {
                lines.add("event " + frame.body());
            }
        }
    }

    void reply(Frame reply) {
        // the C daemon ends a domain before or after its reply: as the order of its connections happens to be
        int at = reply.is(MessageType.RELEASE) ? 0 : lines.size();
        lines.add(at, reply.type() + " " + reply.transaction() + ' ' + reply.body());
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    @Override
    public String toString() {
        return lines.toString();
    }
}
