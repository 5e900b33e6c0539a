// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.xenledger.xenstore.client.Deadline;
import org.xenledger.xenstore.client.WatchSink;
import org.xenledger.xenstore.client.XenstoreClient;
import org.xenledger.xenstore.wire.XenstoreException;
import org.xenledger.xenstore.wire.XenstorePath;

/**
 * What changed below the tops while they were read, learnt from watches. A daemon sends the event of another's change
 * before any reply to what is asked later, so that after a reply nothing older is unknown.
 */
final class Changes implements AutoCloseable {
    /** With more changed paths than this, everything is read again. */
    private static final int MOST_PATHS = 100_000;

    /** With more of them below one directory of a domain's, that is read again: others' changes stay what they are. */
    private static final int MOST_OF_A_DIRECTORY = 10_000;

    /** The depth of a directory in {@code ~}: a domain cannot make one, only what is below it. */
    private static final int DIRECTORY = 4;

    private final Set<String> tops;
    private final Map<String, Integer> ofDirectories = new HashMap<>();
    private final Set<String> silent = new LinkedHashSet<>();
    private final Set<String> paths = new LinkedHashSet<>();
    private final List<XenstoreClient.Listening> listenings = new ArrayList<>();
    private boolean deaths;

    Changes(Set<String> tops) {
        this.tops = tops;
    }

    /**
     * Watches, and waits for each watch's first event, which says no more than that it is there. Nothing may be read
     * before: the C daemon drops an event that equals one still unsent, and a change of the top itself would be lost in it.
     */
    void watch(XenstoreClient client, Deadline deadline) {
        for (String top : tops) {
            listen(client, top);
        }
        if (SilentDeaths.happenOn(client)) {
            listen(client, SilentDeaths.RELEASE);
        }
        awaitFirstEvents(deadline);
    }

    private void listen(XenstoreClient client, String path) {
        synchronized (this) {
            silent.add(path);
        }
        listenings.add(client.listen(path, new Sink(path)));
    }

    private synchronized void awaitFirstEvents(Deadline deadline) {
        while (!silent.isEmpty()) {
            if (deadline.passed()) {
                throw new XenstoreException("xenstored takes a watch but sends no event: check that it is not stopped");
            }
            try {
                TimeUnit.MILLISECONDS.timedWait(this, deadline.millisLeft());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new XenstoreException("interrupted while waiting for xenstored", e);
            }
        }
    }

    private synchronized void onEvent(String watched, String path) {
        if (silent.remove(watched)) {
            notifyAll();
        } else if (watched.equals(SilentDeaths.RELEASE)) {
            deaths = true;
        } else {
            changed(path);
        }
    }

    private void changed(String path) {
        boolean known =
                XenstorePath.isAbsolute(path) && tops.stream().anyMatch(top -> XenstorePath.isAtOrBelow(path, top));
        if (known && paths.size() < MOST_PATHS) {
            add(path);
        } else {
            paths.clear();
            paths.addAll(tops);
        }
    }

    private void add(String path) {
        List<String> names = XenstorePath.names(path);
        if (names.size() <= DIRECTORY || !Completeness.isOfGuest(names)) {
            paths.add(path);
            return;
        }
        String directory = "/" + String.join("/", names.subList(0, DIRECTORY));
        boolean another = !paths.contains(directory) && paths.add(path);
        if (another && ofDirectories.merge(directory, 1, Integer::sum) > MOST_OF_A_DIRECTORY) {
            paths.removeIf(changed -> XenstorePath.isAtOrBelow(changed, directory));
            paths.add(directory);
        }
    }

    @Override
    public void close() {
        listenings.forEach(XenstoreClient.Listening::close);
    }

    /** The changed paths, and forgets them; none of them is below another. */
    synchronized List<String> take() {
        List<String> highest =
                paths.stream().filter(path -> !ancestorIn(paths, path)).toList();
        paths.clear();
        ofDirectories.clear();
        return highest;
    }

    /** Whether domains may have died whose nodes went without an event, and forgets it. */
    synchronized boolean takeDeaths() {
        boolean any = deaths;
        deaths = false;
        return any;
    }

    /** These may have changed too, without an event. */
    synchronized void addAll(Collection<String> places) {
        places.forEach(this::changed);
    }

    synchronized boolean any() {
        return deaths || !paths.isEmpty();
    }

    /** Whether one of the paths is above this one. */
    static boolean ancestorIn(Set<String> paths, String path) {
        for (String above = path; !above.equals("/"); ) {
            above = XenstorePath.parent(above);
            if (paths.contains(above)) {
                return true;
            }
        }
        return false;
    }

    /** The token of an event, as the path that is watched. */
    private final class Sink implements WatchSink {
        private final String watched;

        Sink(String watched) {
            this.watched = watched;
        }

        @Override
        public void changed(String path) {
            onEvent(watched, path);
        }

        @Override
        public void lost() {
            // the read fails with the connection
        }

        @Override
        public void restored() {
            // too late for a read that has failed
        }
    }
}
