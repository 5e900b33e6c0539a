// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.power;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * A disk whose power goes. All that is done to the files below one directory is really done there, so those who work with
 * them see it; beside that the disk remembers, in the order in which it was done, what nobody has forced. Bytes are safe
 * when their file was forced after they were written, names when their directory was. From the cut on all that is tried
 * fails.
 */
public final class Disk {
    /** What a force takes, so that there is something to wait for together. */
    private static final long FORCE_NANOS = 100_000;

    /** What is really done to the files. */
    interface Action<T> {
        T run() throws IOException;
    }

    private record Numbered(long number, Change change) {}

    private final Path directory;
    private final Node root;
    private final List<Numbered> notForced = new ArrayList<>();
    private long changes;
    private long stepsLeft = Long.MAX_VALUE;

    private Disk(Path directory, Node root) {
        this.directory = directory;
        this.root = root;
    }

    /** Takes over what is below a directory; all that is there is safe. */
    static Disk over(Path directory) throws IOException {
        return new Disk(directory, Node.read(directory));
    }

    /** @param steps during which of the writes, forces and changes of names that come from now on the power goes */
    public synchronized void powerGoesIn(long steps) {
        stepsLeft = steps;
    }

    public synchronized boolean isOn() {
        return stepsLeft > 0;
    }

    /** Writes what is found when the power is on again to a directory that is made for it. */
    public synchronized void writeTo(Path target, Cut cut, Random random) throws IOException {
        cut.done(notForced.stream().map(Numbered::change).toList(), random).forEach(Change::keep);
        notForced.clear();
        root.writeTo(target);
    }

    /** Opens a file or a directory, which may make the file or empty it. */
    synchronized FileChannel open(Path path, Action<FileChannel> opening) throws IOException {
        long before = Files.isRegularFile(path) ? Files.size(path) : 0;
        FileChannel below = opening.run();
        Node node = node(path);
        if (before > 0 && below.size() == 0) {
            done(List.of(new Change.Length(node, 0)));
        }
        return new DiskChannel(this, node, below);
    }

    synchronized int write(Node node, FileChannel below, ByteBuffer from, long position) throws IOException {
        byte[] bytes = new byte[from.remaining()];
        from.duplicate().get(bytes);
        int written = below.write(from, position);
        done(Change.Write.pieces(node, position, Arrays.copyOf(bytes, written), Change.BLOCK));
        return written;
    }

    synchronized void truncate(Node node, FileChannel below, long length) throws IOException {
        if (length < below.size()) {
            below.truncate(length);
            done(List.of(new Change.Length(node, length)));
        }
    }

    /** What was done before it began is safe when it has ended. */
    void force(Node node) throws IOException {
        long covered;
        synchronized (this) {
            done(List.of());
            covered = changes;
        }
        LockSupport.parkNanos(FORCE_NANOS);
        synchronized (this) {
            refuseWithoutPower();
            notForced.removeIf(done -> {
                boolean safe = done.number() <= covered && done.change().node() == node;
                if (safe) {
                    done.change().keep();
                }
                return safe;
            });
        }
    }

    synchronized void makeDirectory(Path path, Action<?> action) throws IOException {
        action.run();
        name(node(path.getParent()), Map.of(name(path), new Node(true)));
    }

    synchronized void link(Path link, Path existing, Action<?> action) throws IOException {
        action.run();
        name(node(link.getParent()), Map.of(name(link), node(existing)));
    }

    synchronized void delete(Path path, Action<?> action) throws IOException {
        action.run();
        name(node(path.getParent()), Collections.singletonMap(name(path), null));
    }

    /** Within one directory. */
    synchronized void move(Path from, Path to, Action<?> action) throws IOException {
        if (!from.getParent().equals(to.getParent())) {
            throw new UnsupportedOperationException(from + " to " + to);
        }
        Map<String, Node> names = new HashMap<>();
        names.put(name(to), node(from));
        names.put(name(from), null);
        action.run();
        name(node(from.getParent()), names);
    }

    /** What is at a path; what was made there and that nobody told us of is new. */
    private Node node(Path path) throws IOException {
        if (path.equals(directory)) {
            return root;
        }
        Node parent = node(path.getParent());
        if (!parent.seen.containsKey(name(path))) {
            name(parent, Map.of(name(path), new Node(Files.isDirectory(path))));
        }
        return parent.seen.get(name(path));
    }

    private void name(Node parent, Map<String, Node> names) throws IOException {
        Change.Names change = new Change.Names(parent, names);
        change.putInto(parent.seen);
        done(List.of(change));
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    private void done(List<Change> parts) throws IOException {
        refuseWithoutPower();
        parts.forEach(change -> notForced.add(new Numbered(++changes, change)));
        stepsLeft--;
        refuseWithoutPower();
    }

    private void refuseWithoutPower() throws IOException {
        if (!isOn()) {
            throw new IOException("the power is off");
        }
    }
}
