// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import static org.xenledger.xenstore.server.NodePermissions.READ;

import java.util.List;
import org.xenledger.xenstore.wire.Frame;

/** Requests that read nodes. */
final class NodeReads {
    private final NodeLookup lookup;

    NodeReads(NodeLookup lookup) {
        this.lookup = lookup;
    }

    void read(Call call) {
        call.reply(only(call).value());
    }

    void directory(Call call) {
        call.reply(only(call).children());
    }

    void getPermissions(Call call) {
        call.reply(only(call).permissions().format());
    }

    private Node only(Call call) {
        return lookup.require(call, call.canonical(call.onlyString()), READ);
    }

    /** A list of children too long for one reply, from an offset in bytes. */
    void directoryPart(Call call) {
        List<String> strings = call.exactly(2);
        Node node = lookup.require(call, call.canonical(strings.get(0)), READ);
        String list = node.children();
        String generation = Long.toString(node.generation()) + '\0';
        int offset = Numbers.atoi(strings.get(1));
        if (offset < 0 || offset >= list.length()) {
            call.reply(generation + '\0');
            return;
        }
        int room = Frame.MAX_REQUEST - generation.length() - 1;
        int end = offset;
        while (end < list.length() && list.indexOf('\0', end) - offset < room) {
            end = list.indexOf('\0', end) + 1;
        }
        call.reply(generation + list.substring(offset, end) + (end == list.length() ? "\0" : ""));
    }
}
