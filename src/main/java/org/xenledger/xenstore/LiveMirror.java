// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.xenledger.xenstore.client.Deadline;
import org.xenledger.xenstore.client.Pipeline;
import org.xenledger.xenstore.client.WatchSink;
import org.xenledger.xenstore.client.XenstoreClient;
import org.xenledger.xenstore.wire.XenstoreException;
import org.xenledger.xenstore.wire.XenstorePath;

/**
 * Subtrees of a live store, kept in memory by watches: looking at what did not change costs no request.
 *
 * <p>What changes is read again, many changes at once. Each domain's part has its own allowance, so that a guest that
 * changes its nodes all the time is behind in its own part only, which is then a gap. After a loss of the connection the
 * view says so until all was read again. The children of a node are in no promised order.
 *
 * <p>The daemons tell nobody of a node that a transaction made on the way to one that it removed again: such an empty node
 * is found when one above it is read again.
 */
public final class LiveMirror implements AutoCloseable {
    private static final long PAUSE_MILLIS = 250;

    private final XenstoreClient client;
    private final ReadLimits limits;
    private final Clock clock;
    private final Consumer<MirrorView> onChange;
    private final DirtyParts dirty;
    private final MirrorTree tree = new MirrorTree();
    private final List<XenstoreClient.Listening> listenings = new ArrayList<>();
    private final CountDownLatch firstRead = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "xenstore-mirror");
    private volatile MirrorView view;
    /** After how many losses it was last found out whether deaths are silent. */
    private int askedAfter = -1;

    private boolean silentDeaths;

    private LiveMirror(
            XenstoreClient client, List<String> roots, ReadLimits limits, Clock clock, Consumer<MirrorView> onChange) {
        this.client = client;
        this.limits = limits;
        this.clock = clock;
        this.onChange = onChange;
        this.dirty = new DirtyParts(List.copyOf(roots));
        this.view = new MirrorView(tree.tree(List.of()), Optional.of(clock.instant()));
    }

    /**
     * Reads all of it once, and then follows. The client's failures are thrown, also where the first read takes longer
     * than the limits allow.
     *
     * @param onChange called with each new view, on the mirror's own thread, which follows nothing else meanwhile
     */
    public static LiveMirror open(
            XenstoreClient client, List<String> roots, ReadLimits limits, Clock clock, Consumer<MirrorView> onChange) {
        LiveMirror mirror = new LiveMirror(client, roots, limits, clock, onChange);
        try {
            for (String root : roots) {
                mirror.listenings.add(client.listen(root, mirror.new Sink(mirror.dirty::changed)));
            }
            mirror.listenings.add(
                    client.listen(SilentDeaths.RELEASE, mirror.new Sink(path -> mirror.dirty.released())));
            mirror.thread.setDaemon(true);
            mirror.thread.start();
            if (!mirror.firstRead.await(limits.time().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new XenstoreException("xenstore was not read within "
                        + limits.time().toSeconds() + " s: check that xenstored is not stopped");
            }
            return mirror;
        } catch (InterruptedException e) {
            mirror.close();
            Thread.currentThread().interrupt();
            throw new XenstoreException("interrupted while reading xenstore", e);
        } catch (RuntimeException e) {
            mirror.close();
            throw e;
        }
    }

    /** What is known now. */
    public MirrorView view() {
        return view;
    }

    private void run() {
        try {
            for (DirtyParts.Work work = dirty.await(); work != null; work = dirty.await()) {
                follow(work);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            // also where onChange threw: nobody follows any more
            lose();
        }
    }

    private void follow(DirtyParts.Work work) throws InterruptedException {
        try {
            if (work.released() && deathsAreSilent(work.loss())) {
                // each is read on its own domain's account, and is a gap until then
                SilentDeaths.places(client, dirty.tops()).forEach(dirty::changed);
            }
            read(work.paths(), work.loss());
            if (work.released()) {
                dirty.wasRead(SilentDeaths.RELEASE, work.loss());
            }
        } catch (XenstoreException e) {
            // not followed until all was read again, on the next connection or after a while on this one
            dirty.lost();
            lose();
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            dirty.readAll();
        }
        onChange.accept(publish());
    }

    private boolean deathsAreSilent(int loss) {
        if (askedAfter != loss) {
            silentDeaths = SilentDeaths.happenOn(client);
            askedAfter = loss;
        }
        return silentDeaths;
    }

    private void read(Map<String, List<String>> changed, int loss) {
        Map<String, String> keys = places(changed, limits.less(tree.size()));
        // what is read again takes the room that it had
        ReadLimits left = limits.less(keys.keySet().stream().map(tree::size).reduce(tree.size(), TreeSize::minus));
        Map<String, MutableNode> drafts = new LinkedHashMap<>();
        try (Pipeline pipeline = client.pipeline()) {
            Budget budget = new Budget(left);
            NodeWalk walk = new NodeWalk(pipeline, false, budget);
            keys.forEach((path, key) -> {
                MutableNode draft = new MutableNode(path.substring(path.lastIndexOf('/') + 1));
                drafts.put(path, draft);
                Budget.directoryOf(path).ifPresent(its -> budget.join(draft, its, tree.size(its), tree.size(path)));
                walk.read(draft, path);
            });
            pipeline.drain(Deadline.in(limits.time()));
        }
        drafts.forEach((path, draft) -> {
            if (!draft.answered()) {
                tree.keep(path);
                dirty.changed(path);
                return;
            }
            int nodes = tree.replace(path, draft);
            dirty.spend(keys.get(path), 1 + nodes);
            if (!tree.unsettled(path)) {
                dirty.wasRead(path, loss);
            } else {
                dirty.changed(path);
            }
        });
    }

    /** The places to read, none below another, each with the key of its part. */
    private Map<String, String> places(Map<String, List<String>> changed, ReadLimits left) {
        Map<String, String> places = new LinkedHashMap<>();
        Map<String, TreeSize> held = new HashMap<>();
        changed.forEach((key, paths) ->
                paths.forEach(path -> places.put(bounded(tree.place(path, dirty.topOf(path)), left, held), key)));
        places.keySet().removeIf(path -> Changes.ancestorIn(places.keySet(), path));
        return places;
    }

    /**
     * Where a guest has filled its directory, all of that is read again, and what goes beyond is a gap.
     *
     * @param held of each directory, with what is to be read now
     */
    private String bounded(String place, ReadLimits left, Map<String, TreeSize> held) {
        String directory = Budget.directoryOf(place).orElse(place);
        if (directory.equals(place)) {
            return place;
        }
        TreeSize before = held.computeIfAbsent(directory, tree::size);
        held.put(directory, before.plus(TreeSize.LARGEST_NODE));
        boolean room =
                left.haveRoom(before, XenstorePath.names(place).size(), tree.children(XenstorePath.parent(place)));
        return room ? place : directory;
    }

    private synchronized MirrorView publish() {
        boolean current = dirty.current();
        view = new MirrorView(
                tree.tree(dirty.gaps()),
                current ? Optional.empty() : view.notCurrentSince().or(() -> Optional.of(clock.instant())));
        if (current) {
            firstRead.countDown();
        }
        return view;
    }

    /** At once, for whoever looks before the mirror's thread gets to it. */
    private synchronized void lose() {
        if (view.current()) {
            view = new MirrorView(view.tree(), Optional.of(clock.instant()));
        }
    }

    @Override
    public void close() {
        listenings.forEach(XenstoreClient.Listening::close);
        dirty.close();
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(10).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Sink implements WatchSink {
        private final Consumer<String> onPath;

        Sink(Consumer<String> onPath) {
            this.onPath = onPath;
        }

        @Override
        public void changed(String path) {
            onPath.accept(path);
        }

        @Override
        public void lost() {
            dirty.lost();
            lose();
        }

        @Override
        public void restored() {
            // the first event that follows has its top read
        }
    }
}
