// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import java.util.List;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.MessageType;

/**
 * One request while it is served.
 *
 * @param nodes as this request sees them
 * @param outstanding what counts it until it is over
 */
record Call(Client client, MessageType type, Frame frame, Nodes nodes, Outstanding outstanding) {
    /** The body where it is one string, with its NUL at the very end. */
    String onlyString() {
        String body = frame.body();
        if (body.isEmpty() || body.indexOf('\0') != body.length() - 1) {
            throw new Refusal(Errno.EINVAL);
        }
        return body.substring(0, body.length() - 1);
    }

    /** The body's strings, of which there must be some; what follows the last NUL is not looked at. */
    List<String> atLeast(int count) {
        List<String> strings = frame.strings();
        if (strings.size() < count) {
            throw new Refusal(Errno.EINVAL);
        }
        return strings;
    }

    List<String> exactly(int count) {
        List<String> strings = atLeast(count);
        if (strings.size() > count) {
            throw new Refusal(Errno.EINVAL);
        }
        return strings;
    }

    String canonical(String path) {
        return NodePath.canonical(client.base(), path);
    }

    /** Events that the request caused come before its reply: they are sent when this is called. */
    void reply(String body) {
        client.outbox().reply(frame, type, body, outstanding);
    }

    void acknowledge() {
        reply("OK\0");
    }
}
