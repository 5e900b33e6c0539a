// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.client;

import java.util.ArrayList;
import java.util.List;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.MessageType;
import org.xenledger.xenstore.wire.XenstorePermission;

/**
 * Reads and changes nodes, within a transaction or without one. Values hold one character for each byte (ISO-8859-1).
 *
 * <p>Every method waits for the reply. An error of the daemon's is a {@link RefusedException}; where the connection fails,
 * or no reply comes in time, it is a {@link ConnectionException}, and then a change may or may not have been made.
 */
public abstract sealed class Nodes permits XenstoreClient, Transaction {
    Nodes() {}

    /** Asks, and gives the reply, which may be an error. */
    abstract Frame request(MessageType type, String body);

    /** A node's value; that of a missing node is refused with ENOENT. */
    public final String read(String path) {
        return ask(MessageType.READ, path).body();
    }

    /** The names of a node's children, in the daemon's order, however many there are. */
    public final List<String> children(String path) {
        Frame reply = request(MessageType.DIRECTORY, Request.strings(path));
        if (!reply.error().filter(ChildList.TOO_LONG::equals).isPresent()) {
            return List.copyOf(accepted(MessageType.DIRECTORY, path, reply).strings());
        }
        ChildList list = new ChildList();
        while (!list.isComplete()) {
            if (!list.take(ask(MessageType.DIRECTORY_PART, path, list.offset()))) {
                throw new RefusedException(MessageType.DIRECTORY_PART, path, "EAGAIN");
            }
        }
        return list.names();
    }

    /** A node's permissions, the owner's entry first. */
    public final List<XenstorePermission> permissions(String path) {
        List<XenstorePermission> permissions = new ArrayList<>();
        for (String text : ask(MessageType.GET_PERMS, path).strings()) {
            permissions.add(XenstorePermission.parse(text)
                    .orElseThrow(() -> new ConnectionException(
                            "the daemon sent permissions that are none: check that the socket is xenstored's")));
        }
        return List.copyOf(permissions);
    }

    /** Sets a node's value; the node, and those above it, are made where they are missing. */
    public final void write(String path, String value) {
        check(MessageType.WRITE, path, path + '\0' + value);
    }

    /** Makes a node with an empty value; one that is there stays as it is. */
    public final void makeDirectory(String path) {
        ask(MessageType.MKDIR, path);
    }

    /** Removes a node and everything below it; a missing one below a parent that is there is no error. */
    public final void remove(String path) {
        ask(MessageType.RM, path);
    }

    /** @param permissions the owner's entry first */
    public final void setPermissions(String path, List<XenstorePermission> permissions) {
        StringBuilder body = new StringBuilder(path).append('\0');
        permissions.forEach(permission -> body.append(permission).append('\0'));
        check(MessageType.SET_PERMS, path, body.toString());
    }

    /** Asks with strings, and throws the daemon's error. */
    final Frame ask(MessageType type, String... strings) {
        return check(type, strings[0], Request.strings(strings));
    }

    private Frame check(MessageType type, String subject, String body) {
        return accepted(type, subject, request(type, body));
    }

    static Frame accepted(MessageType type, String subject, Frame reply) {
        reply.error().ifPresent(error -> {
            throw new RefusedException(type, subject, error);
        });
        return reply;
    }
}
