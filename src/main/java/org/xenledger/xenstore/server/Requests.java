// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import java.util.HashMap;
import java.util.Map;
import org.xenledger.xenstore.wire.MessageType;

/** The table of request types: who may ask, and who answers. */
final class Requests {
    /** @param inTransaction whether the request looks at the transaction's number at all */
    record Entry(MessageType type, boolean privileged, boolean inTransaction, Action action) {}

    private final Map<Integer, Entry> table = new HashMap<>();

    /** Null for a type that nobody serves. */
    Entry find(int code) {
        return table.get(code);
    }

    void add(MessageType type, Action action) {
        put(new Entry(type, false, true, action));
    }

    void addPrivileged(MessageType type, Action action) {
        put(new Entry(type, true, true, action));
    }

    void addOutsideOfTransactions(MessageType type, Action action) {
        put(new Entry(type, false, false, action));
    }

    private void put(Entry entry) {
        table.put(entry.type().code(), entry);
    }
}
