// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import java.nio.file.Path;
import java.time.Duration;
import org.xenledger.xenstore.wire.Connection;
import org.xenledger.xenstore.wire.Deadline;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.MessageType;

/** Changes a real store for a test, one request at a time; values hold one character for each byte. */
public final class StoreWriter implements AutoCloseable {
    private static final int INTRODUCE = 8;
    private static final int WRITE = 11;
    private static final int RM = 13;
    private static final int SET_PERMS = 14;

    private final Connection connection;

    public StoreWriter(Path socket) {
        connection = Connection.open(socket, Deadline.in(Duration.ofSeconds(10)));
    }

    public void write(String path, String value) {
        ask(WRITE, path + '\0' + value);
    }

    public void remove(String path) {
        ask(RM, path + '\0');
    }

    /** @param permissions as {@code n0}, {@code r5} */
    public void setPermissions(String path, String... permissions) {
        ask(SET_PERMS, path + '\0' + String.join("\0", permissions) + '\0');
    }

    void introduce(int domid) {
        ask(INTRODUCE, domid + "\0001\0003\0");
    }

    private void ask(int type, String body) {
        connection.send(new Frame(type, 1, 0, body));
        Frame reply = connection.receive(Deadline.in(Duration.ofSeconds(10))).orElseThrow();
        if (reply.is(MessageType.ERROR)) {
            throw new IllegalStateException("request " + type + " failed: " + reply.body());
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
