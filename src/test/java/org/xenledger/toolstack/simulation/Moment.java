// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.xenledger.xenstore.DumpReader;
import org.xenledger.xenstore.ReadLimits;
import org.xenledger.xenstore.Snapshot;
import org.xenledger.xenstore.XenstoreNode;
import org.xenledger.xenstore.XenstoreTree;
import org.xenledger.xenstore.client.XenstoreClient;
import org.xenledger.xenstore.wire.XenstorePath;

/** What a xenstore held at one moment, node by node: values and permissions by path. */
record Moment(Map<String, String> nodes) {
    private static final List<String> ROOTS = List.of("/libxl", "/local", "/vm");
    private static final Path CAPTURES = Path.of("src/test/resources/captures");

    /** Numbers that a kernel hands out, and a time. */
    private static final Pattern CHANCE = Pattern.compile(".*/((tx-|rx-)?ring-ref|event-channel(-tx|-rx)?|start_time)");

    static Moment live(XenstoreClient client) {
        return of(new Snapshot(ROOTS, ReadLimits.DEFAULT, true).read(client));
    }

    /** @param place as {@code a-create/after} */
    static Moment captured(String place) {
        try (InputStream in = Files.newInputStream(CAPTURES.resolve(place).resolve("xenstore-all.txt"))) {
            return of(new DumpReader(ReadLimits.DEFAULT).read(in, "/"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path userdata(String place) {
        return CAPTURES.resolve(place).resolve("userdata");
    }

    private static Moment of(XenstoreTree tree) {
        Map<String, String> nodes = new TreeMap<>();
        ROOTS.forEach(root -> tree.find(root).ifPresent(node -> add(nodes, root, node)));
        return new Moment(nodes);
    }

    private static void add(Map<String, String> nodes, String path, XenstoreNode node) {
        String value = CHANCE.matcher(path).matches() && !node.value().isEmpty() ? "by chance" : node.value();
        nodes.put(path, value + ' ' + node.permissions().orElseThrow());
        node.children().forEach(child -> add(nodes, XenstorePath.child(path, child.name()), child));
    }

    /** Those at or below one of these paths. */
    Map<String, String> below(String... tops) {
        Map<String, String> below = new TreeMap<>(nodes);
        below.keySet().removeIf(path -> List.of(tops).stream().noneMatch(top -> XenstorePath.isAtOrBelow(path, top)));
        return below;
    }

    /** The three directories of a device of domain 1. */
    Map<String, String> device(String key) {
        return below(
                "/libxl/1/device/" + key,
                "/local/domain/1/device/" + key,
                "/local/domain/0/backend/" + key.replace("/", "/1/"));
    }
}
