// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import java.util.Map;
import java.util.TreeMap;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.MessageType;

/** Counts what random sessions came upon, lest they compare nothing but refusals. */
final class Tally {
    private final Map<String, Integer> seen = new TreeMap<>();
    private int operations;

    void count(Frame reply) {
        operations++;
        boolean error = reply.is(MessageType.ERROR);
        seen.merge(error ? reply.body().trim() : Integer.toString(reply.type()), 1, Integer::sum);
    }

    int operations() {
        return operations;
    }

    /** How often each type of request succeeded, and each error came. */
    Map<String, Integer> seen() {
        return seen;
    }
}
