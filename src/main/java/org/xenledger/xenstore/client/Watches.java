// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.client;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.MessageType;

/** The watches of a client, each with a token of its own, as the daemon tells them apart by path and token. */
final class Watches {
    /** One watch; it is the daemon's, too, from the reply on. */
    static final class Entry {
        final String path;
        final String token;
        final WatchSink sink;
        volatile boolean registered;
        /** Told of a loss, and not yet of the end of it; the client's own thread alone knows. */
        private boolean lost;

        Entry(String path, String token, WatchSink sink) {
            this.path = path;
            this.token = token;
            this.sink = sink;
        }

        String body() {
            return Request.strings(path, token);
        }
    }

    private final Map<String, Entry> byToken = new ConcurrentHashMap<>();
    private final AtomicLong lastToken = new AtomicLong();

    Entry add(String path, WatchSink sink) {
        Entry entry = new Entry(path, "w" + lastToken.incrementAndGet(), sink);
        byToken.put(entry.token, entry);
        return entry;
    }

    void remove(Entry entry) {
        byToken.remove(entry.token);
    }

    void clear() {
        byToken.clear();
    }

    void onEvent(Frame event) {
        List<String> strings = event.strings();
        if (strings.size() < 2) {
            throw new ConnectionException("the daemon sent a watch event without path and token");
        }
        // one that is not known was on its way while its watch ended
        Entry entry = byToken.get(strings.get(1));
        if (entry != null) {
            entry.sink.changed(strings.get(0));
        }
    }

    /** Tells every sink, also after one that threw something; that is thrown then. */
    void connectionLost() {
        RuntimeException failure = null;
        for (Entry entry : byToken.values()) {
            if (entry.registered && !entry.lost) {
                entry.lost = true;
                try {
                    entry.sink.lost();
                } catch (RuntimeException e) {
                    failure = e;
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Asks the new connection for every watch before anything else is sent on it. */
    void restore(Outbox outbox) {
        for (Entry entry : byToken.values()) {
            if (entry.registered) {
                outbox.putFirst(new Request(MessageType.WATCH, 0, Request.ANY, entry.body(), new Restoring(entry)));
            }
        }
    }

    private record Restoring(Entry entry) implements Request.Taker {
        @Override
        public void take(Frame reply) {
            if (reply.error().isPresent()) {
                throw new ConnectionException("xenstored refuses the watch on " + entry.path + " that it had before");
            }
            entry.lost = false;
            entry.sink.restored();
        }

        @Override
        public void lost(ConnectionException why) {
            // the next connection is asked again
        }
    }
}
