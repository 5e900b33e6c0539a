// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.xenledger.xenstore.wire.Connection;
import org.xenledger.xenstore.wire.Deadline;
import org.xenledger.xenstore.wire.Pipeline;
import org.xenledger.xenstore.wire.XenstoreException;
import org.xenledger.xenstore.wire.XenstorePath;

/** One read of a live daemon: watch, read, read again what changed meanwhile, until nothing did. */
final class LiveRead {
    /** A guest may write all the time, so this has to end; what still changes then is a gap. */
    private static final int MOST_ROUNDS = 5;

    /** The place where a path is, or the lowest one above it that exists. */
    private record Place(String path, MutableNode node, boolean exact) {}

    private final Map<String, MutableNode> tops = new LinkedHashMap<>();
    private final Changes changes;
    private final Pipeline pipeline;
    private final NodeWalk walk;

    LiveRead(Connection connection, List<String> roots, ReadLimits limits, boolean withPermissions) {
        roots.forEach(path -> tops.put(path, new MutableNode(path.substring(path.lastIndexOf('/') + 1))));
        changes = new Changes(tops.keySet());
        pipeline = new Pipeline(connection, changes::onEvent);
        walk = new NodeWalk(pipeline, withPermissions, new Budget(limits));
    }

    XenstoreTree run(Deadline deadline) {
        changes.watch(pipeline);
        while (!changes.armed()) {
            if (!pipeline.step(deadline)) {
                throw new XenstoreException(
                        "xenstored takes connections but gives no answer: check that it is not stopped");
            }
        }
        tops.forEach((path, node) -> walk.read(node, path));
        boolean inTime = pipeline.drain(deadline);
        for (int round = 0; inTime && changes.any() && round < MOST_ROUNDS; round++) {
            changes.take().forEach(this::readAgain);
            inTime = pipeline.drain(deadline);
        }
        changes.take().forEach(path -> locate(path).node().gap = Gap.Reason.CHANGING);
        return assemble();
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
            MutableNode child = node.children.get(name);
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
            above = above.children.computeIfAbsent(names.get(i), MutableNode::directory);
        }
        if (!names.isEmpty()) {
            above.children.put(top.name, top);
        }
    }
}
