// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.power;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.store.fs.FilePath;

/**
 * The disks of this JVM. Who gets the path of one works on it like on any other, and so does H2 under the same name:
 * {@code async:} is then a file system of ours, which hands on to H2's own whatever is not on a disk.
 */
public final class Disks {
    private static final Map<Path, Disk> DISKS = new ConcurrentHashMap<>();

    static {
        FilePath.register(new DiskFilePath());
    }

    private Disks() {}

    /** Makes the files below a directory those of a disk, all of them safe; see {@link Disk}. */
    public static Disk over(Path directory) throws IOException {
        Disk disk = Disk.over(directory);
        DISKS.put(directory, disk);
        return disk;
    }

    /** The path of a file on a disk, for those who work on it. */
    public static Path path(Path onDisk) {
        return DiskFileSystem.INSTANCE.wrap(onDisk);
    }

    /** The disk that a file is on. */
    static Optional<Disk> of(Path file) {
        for (Path at = file; at != null; at = at.getParent()) {
            if (DISKS.containsKey(at)) {
                return Optional.of(DISKS.get(at));
            }
        }
        return Optional.empty();
    }
}
