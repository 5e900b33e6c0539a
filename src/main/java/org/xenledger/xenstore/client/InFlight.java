// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.client;

import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.MessageType;

/**
 * The requests that are sent and not answered, by request id: no daemon promises to answer in order. At most
 * {@link #LIMIT}: that is an order of magnitude faster than one at a time, more would not be faster, and oxenstored stops
 * reading where much more of its replies are not taken.
 */
final class InFlight {
    static final int LIMIT = 64;

    private static final int SLOT_BITS = 6;

    private final Request[] requests = new Request[LIMIT];
    private final int[] ids = new int[LIMIT];
    private final int[] free = new int[LIMIT];
    private int freeCount = LIMIT;
    private int sent;

    InFlight() {
        for (int i = 0; i < LIMIT; i++) {
            free[i] = i;
        }
    }

    boolean hasRoom() {
        return freeCount > 0;
    }

    /** Keeps the request, and gives the id to send it with: never 0, which is that of events. */
    int add(Request request) {
        int slot = free[--freeCount];
        sent = sent == -1 >>> SLOT_BITS ? 1 : sent + 1;
        ids[slot] = sent << SLOT_BITS | slot;
        requests[slot] = request;
        return ids[slot];
    }

    /** The request that a frame answers; null where it answers none. */
    Request take(Frame frame) {
        int slot = frame.request() & LIMIT - 1;
        Request request = requests[slot];
        if (request == null
                || ids[slot] != frame.request()
                || !(frame.is(request.type()) || frame.is(MessageType.ERROR))) {
            return null;
        }
        free(slot);
        return request;
    }

    private void free(int slot) {
        requests[slot] = null;
        free[freeCount++] = slot;
    }

    /** Tells all of them that no reply will come. */
    void lose(ConnectionException why) {
        for (int slot = 0; slot < LIMIT; slot++) {
            Request request = requests[slot];
            if (request != null) {
                free(slot);
                request.taker().lost(why);
            }
        }
    }
}
