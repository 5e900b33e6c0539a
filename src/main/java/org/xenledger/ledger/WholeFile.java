// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Puts files where they are either there as a whole or not at all, durable, and readable for their owner only. */
public final class WholeFile {
    private WholeFile() {}

    /** Writes the content of a file that was made for it, empty and for its owner only. */
    @FunctionalInterface
    public interface Content {
        void writeTo(Path part) throws IOException;
    }

    /**
     * Makes a file, or replaces it, where a link leads to also there; when the content cannot be written, all stays as it
     * was.
     *
     * @throws LedgerException when it cannot be written, or something else than a file is there
     */
    public static void put(Path target, Content content) {
        Path absolute = target.toAbsolutePath().normalize();
        try {
            if (Files.exists(absolute)) {
                absolute = absolute.toRealPath();
                if (!Files.isRegularFile(absolute)) {
                    throw new IOException("it is no file; give the name of one");
                }
            }
            Path part = Files.createTempFile(
                    absolute.getParent(),
                    absolute.getFileName() + ".",
                    ".part",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            // for a signal that ends us meanwhile
            part.toFile().deleteOnExit();
            try {
                content.writeTo(part);
                sync(part);
                Files.move(part, absolute, StandardCopyOption.ATOMIC_MOVE);
                sync(absolute.getParent());
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new LedgerException("the file " + absolute + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** Makes a directory for its owner only, and those above it that are missing; their names are durable then, too. */
    public static void makeDirectory(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.toAbsolutePath().getParent();
        makeDirectory(parent);
        try {
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        }
        sync(parent);
    }

    /** Forces a file, or the names in a directory, to the disk. */
    public static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
