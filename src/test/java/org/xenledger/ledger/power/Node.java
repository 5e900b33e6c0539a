// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.power;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A file or a directory as it is on the platters: what of it is left when the power goes. */
final class Node {
    final boolean directory;
    /** What a directory names on the platters. */
    final SortedMap<String, Node> kept = new TreeMap<>();
    /** What a directory names for those who work with it. */
    final SortedMap<String, Node> seen = new TreeMap<>();

    private byte[] bytes = new byte[0];
    private int length;

    Node(boolean directory) {
        this.directory = directory;
    }

    /** What is there, taken for safe. */
    static Node read(Path path) throws IOException {
        Node node = new Node(Files.isDirectory(path));
        if (!node.directory) {
            node.write(0, Files.readAllBytes(path));
            return node;
        }
        try (Stream<Path> entries = Files.list(path)) {
            for (Path entry : entries.toList()) {
                node.kept.put(entry.getFileName().toString(), read(entry));
            }
        }
        node.seen.putAll(node.kept);
        return node;
    }

    /** Makes what is on the platters at a path where nothing is; a node with two names is one file there too. */
    void writeTo(Path path) throws IOException {
        writeTo(path, new HashMap<>());
    }

    private void writeTo(Path path, Map<Node, Path> written) throws IOException {
        Path before = written.putIfAbsent(this, path);
        if (before != null) {
            Files.createLink(path, before);
        } else if (directory) {
            Files.createDirectory(path);
            for (Map.Entry<String, Node> entry : kept.entrySet()) {
                entry.getValue().writeTo(path.resolve(entry.getKey()), written);
            }
        } else {
            Files.write(path, Arrays.copyOf(bytes, length));
        }
    }

    void write(long position, byte[] written) {
        setLength(Math.max(length, position + written.length));
        System.arraycopy(written, 0, bytes, (int) position, written.length);
    }

    /** What is new is zero. */
    void setLength(long newLength) {
        int next = Math.toIntExact(newLength);
        if (next > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(next, 2 * bytes.length));
        } else if (next < length) {
            Arrays.fill(bytes, next, length, (byte) 0);
        }
        length = next;
    }
}
