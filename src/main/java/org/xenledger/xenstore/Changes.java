// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.MessageType;
import org.xenledger.xenstore.wire.Pipeline;
import org.xenledger.xenstore.wire.XenstoreException;
import org.xenledger.xenstore.wire.XenstorePath;

/**
 * What changed below the tops while they were read, learnt from watches. A daemon sends the event of another's change
 * before any reply to what is asked later, so that after a reply nothing older is unknown.
 */
final class Changes {
    /** oxenstored removes a dead domain's nodes without an event for them: this one is all there is. */
    private static final String RELEASE = "@releaseDomain";

    /** With more changed paths than this, everything is read again. */
    private static final int MOST_PATHS = 100_000;

    private final Set<String> tops;
    private final Set<String> silent = new LinkedHashSet<>();
    private final Set<String> paths = new LinkedHashSet<>();

    Changes(Set<String> tops) {
        this.tops = tops;
        silent.addAll(tops);
        silent.add(RELEASE);
    }

    /** Asks for the watches; the token of each is its path. */
    void watch(Pipeline pipeline) {
        for (String path : List.copyOf(silent)) {
            pipeline.ask(MessageType.WATCH, reply -> checkWatched(path, reply), path, path);
        }
    }

    private static void checkWatched(String path, Frame reply) {
        reply.error().ifPresent(error -> {
            throw new XenstoreException(
                    "xenstored refuses a watch on " + path + " (" + error + "): run this as root in Domain-0");
        });
    }

    /**
     * Whether each watch has sent its first event, which says no more than that it is there. Nothing may be read before:
     * the C daemon drops an event that equals one still unsent, and a change of the top itself would be lost in it.
     */
    boolean armed() {
        return silent.isEmpty();
    }

    void onEvent(Frame event) {
        List<String> strings = event.strings();
        if (strings.size() != 2) {
            throw new XenstoreException("the daemon sent a watch event without path and token");
        }
        if (silent.remove(strings.get(1))) {
            return;
        }
        String path = strings.get(0);
        boolean known =
                XenstorePath.isAbsolute(path) && tops.stream().anyMatch(top -> XenstorePath.isAtOrBelow(path, top));
        if (known && paths.size() < MOST_PATHS) {
            paths.add(path);
        } else {
            paths.clear();
            paths.addAll(tops);
        }
    }

    /** The changed paths, and forgets them; none of them is below another. */
    List<String> take() {
        List<String> highest =
                paths.stream().filter(path -> !ancestorIn(paths, path)).toList();
        paths.clear();
        return highest;
    }

    boolean any() {
        return !paths.isEmpty();
    }

    private static boolean ancestorIn(Set<String> paths, String path) {
        for (String above = path; !above.equals("/"); ) {
            above = XenstorePath.parent(above);
            if (paths.contains(above)) {
                return true;
            }
        }
        return false;
    }
}
