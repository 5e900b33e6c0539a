// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.xenledger.xenstore.client.Deadline;
import org.xenledger.xenstore.client.Pipeline;
import org.xenledger.xenstore.client.XenstoreClient;
import org.xenledger.xenstore.wire.XenstorePath;

/** One read of a live daemon: watch, read, read again what changed meanwhile, until nothing did. */
final class LiveRead implements AutoCloseable {
    /** A guest may write all the time, so this has to end; what still changes then is a gap. */
    private static final int MOST_ROUNDS = 5;

    /** The place where a path is, or the lowest one above it that exists. */
    private record Place(String path, MutableNode node, boolean exact) {}

    private final Map<String, MutableNode> tops = new LinkedHashMap<>();
    private final XenstoreClient client;
    private final Changes changes;
    private final Pipeline pipeline;
    private final NodeWalk walk;

    LiveRead(XenstoreClient client, Snapshot what) {
        what.roots().forEach(path -> tops.put(path, new MutableNode(path.substring(path.lastIndexOf('/') + 1))));
        changes = new Changes(tops.keySet());
        pipeline = client.pipeline();
        walk = new NodeWalk(pipeline, what.withPermissions(), new Budget(what.limits()));
        this.client = client;
    }

    XenstoreTree run(Deadline deadline) {
        changes.watch(client, deadline);
        List<String> last = new ArrayList<>(tops.keySet());
        // what is asked last goes first
        Collections.reverse(last);
        last.forEach(path -> walk.read(tops.get(path), path));
        boolean inTime = pipeline.drain(deadline);
        for (int round = 0; inTime && changes.any() && round < MOST_ROUNDS; round++) {
            changed(true).forEach(this::readAgain);
            inTime = pipeline.drain(deadline);
        }
        changed(inTime).forEach(path -> locate(path).node().changing = true);
        return assemble();
    }

    /** Where there is no time left to ask who died, anything may have gone. */
    private List<String> changed(boolean inTime) {
        if (changes.takeDeaths()) {
            changes.addAll(inTime ? SilentDeaths.places(client, tops.keySet()) : tops.keySet());
        }
        return changes.take();
    }

    @Override
    public void close() {
        pipeline.close();
        changes.close();
    }

    private void readAgain(String changed) {
        Place place = locate(changed);
        if (place.exact() || place.node().vanished()) {
            walk.read(place.node(), place.path());
        } else {
            walk.list(place.node(), place.path());
        }
    }

    private Place locate(String changed) {
        String path = tops.keySet().stream()
                .filter(top -> XenstorePath.isAtOrBelow(changed, top))
                .findFirst()
                .orElseThrow();
        MutableNode node = tops.get(path);
        List<String> names = XenstorePath.names(changed);
        for (String name : names.subList(XenstorePath.names(path).size(), names.size())) {
            MutableNode child = node.child(name);
            if (child == null || child.vanished()) {
                return new Place(path, node, false);
            }
            node = child;
            path = XenstorePath.child(path, name);
        }
        return new Place(path, node, true);
    }

    private XenstoreTree assemble() {
        MutableNode root = MutableNode.directory("");
        tops.forEach((path, top) -> place(root, path, top));
        TreeSet<Gap> gaps = new TreeSet<>();
        XenstoreNode frozen = tops.getOrDefault("/", root)
                .freeze("/", gaps)
                .or(() -> root.freeze("/", gaps))
                .orElseThrow();
        return new XenstoreTree(frozen, List.copyOf(gaps));
    }

    private static void place(MutableNode root, String path, MutableNode top) {
        List<String> names = XenstorePath.names(path);
        MutableNode above = root;
        for (int i = 0; i < names.size() - 1; i++) {
            MutableNode known = above.child(names.get(i));
            if (known == null) {
                known = MutableNode.directory(names.get(i));
                above.add(known);
            }
            above = known;
        }
        if (!names.isEmpty()) {
            above.add(top);
        }
    }
}
