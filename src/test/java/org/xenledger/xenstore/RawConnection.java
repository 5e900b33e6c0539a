// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import java.time.Duration;
import java.util.Optional;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.MessageType;

/** One connection to a xenstore daemon, frame by frame: what a test sends and sees is what goes over it. */
public interface RawConnection extends AutoCloseable {
    Duration PATIENCE = Duration.ofSeconds(30);

    /** Sends, or queues for as long as there is no room. */
    void send(Frame frame);

    /** The next frame; empty when none came in time, or the other side closed the connection. */
    Optional<Frame> receive(Duration patience);

    /** Asks and waits for the reply; events that come before it are dropped. */
    default Frame ask(MessageType type, String body) {
        send(new Frame(type.code(), -1, 0, body));
        while (true) {
            Frame frame = receive(PATIENCE).orElseThrow(() -> new IllegalStateException("no reply to " + type));
            if (frame.request() == -1) {
                return frame;
            }
        }
    }

    @Override
    void close();
}
