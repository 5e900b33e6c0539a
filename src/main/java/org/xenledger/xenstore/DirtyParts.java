// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.xenledger.xenstore.wire.XenstorePath;

/** What a mirror has to read again, divided by domain so that none delays another. Events come from the client's thread. */
final class DirtyParts {
    private static final int MOST_PARTS = 20_000;
    private static final String BACKENDS_0 = "/local/domain/0/backend";

    /**
     * What to read now.
     *
     * @param paths by the key of their part
     * @param loss how often the connection was lost before
     */
    record Work(Map<String, List<String>> paths, boolean released, int loss) {}

    private final List<String> tops;
    private final Map<String, DirtyPart> parts = new HashMap<>();
    /** The tops that were not read since the connection was last made, and whether deaths may have been missed. */
    private final Set<String> unread;

    private boolean released;
    private int losses;
    private boolean closed;

    DirtyParts(List<String> tops) {
        this.tops = tops;
        this.unread = new LinkedHashSet<>(tops);
        unread.add(SilentDeaths.RELEASE);
    }

    synchronized void changed(String path) {
        String top = XenstorePath.isAbsolute(path) ? topOf(path) : null;
        if (top == null || parts.size() >= MOST_PARTS) {
            parts.clear();
            tops.forEach(all -> part(all).add(all));
        } else {
            part(keyOf(path, top)).add(path);
        }
        notifyAll();
    }

    synchronized void released() {
        released = true;
        notifyAll();
    }

    /** Nothing that was to be read can be, and all has to be read on the next connection. */
    synchronized void lost() {
        losses++;
        parts.clear();
        released = false;
        unread.addAll(tops);
        unread.add(SilentDeaths.RELEASE);
    }

    /** As if everything had changed. */
    synchronized void readAll() {
        tops.forEach(this::changed);
        released();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Waits for something that may be read, or that has to be said to be changing; null when closed. */
    synchronized Work await() throws InterruptedException {
        while (!closed) {
            long now = System.nanoTime();
            long wait = Long.MAX_VALUE;
            boolean news = released;
            for (DirtyPart part : parts.values()) {
                if (part.dirty()) {
                    long its = part.waits(now);
                    wait = Math.min(wait, its);
                    // one that has to wait is at least said to be changing
                    news |= its == 0 || part.announce();
                }
            }
            if (news) {
                return take(now);
            }
            if (wait == Long.MAX_VALUE) {
                wait();
            } else {
                TimeUnit.NANOSECONDS.timedWait(this, Math.max(wait, 1_000_000));
            }
        }
        return null;
    }

    private Work take(long now) {
        Map<String, List<String>> taken = new LinkedHashMap<>();
        parts.forEach((key, part) -> {
            if (part.dirty() && part.waits(now) == 0) {
                taken.put(key, part.take());
            }
        });
        Work work = new Work(taken, released, losses);
        released = false;
        parts.values().removeIf(part -> part.rested(now));
        return work;
    }

    /** Charges a part for what was read of it. */
    synchronized void spend(String key, int nodes) {
        part(key).spend(nodes);
    }

    /** A top was read on the connection after that many losses. */
    synchronized void wasRead(String top, int loss) {
        if (loss == losses) {
            unread.remove(top);
        }
    }

    /** Whether every top was read since the connection was made. */
    synchronized boolean current() {
        return unread.isEmpty();
    }

    /** Where something changed that was not read yet. */
    synchronized List<Gap> gaps() {
        List<Gap> gaps = new ArrayList<>();
        for (DirtyPart part : parts.values()) {
            part.places().forEach(path -> gaps.add(new Gap(path, Gap.Reason.CHANGING)));
        }
        return gaps;
    }

    private DirtyPart part(String key) {
        return parts.computeIfAbsent(key, its -> new DirtyPart(its, System.nanoTime()));
    }

    List<String> tops() {
        return tops;
    }

    /** Null for a path that is not mirrored. */
    String topOf(String path) {
        return tops.stream()
                .filter(top -> XenstorePath.isAtOrBelow(path, top))
                .findFirst()
                .orElse(null);
    }

    /** One level below the top, which is a domain's; Domain-0's backends are those of the guest that they serve. */
    private static String keyOf(String path, String top) {
        return XenstorePath.isAtOrBelow(path, BACKENDS_0) ? prefix(path, BACKENDS_0, 2) : prefix(path, top, 1);
    }

    private static String prefix(String path, String top, int more) {
        int end = top.equals("/") ? 0 : top.length();
        for (int i = 0; i < more && end >= 0 && end < path.length(); i++) {
            end = path.indexOf('/', end + 1);
        }
        return end < 0 ? path : path.substring(0, Math.max(end, 1));
    }
}
