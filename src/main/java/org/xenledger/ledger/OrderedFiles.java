// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.h2.message.DbException;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * The file system {@code ordered:} of H2, on top of another one: the last sector of a write goes to the disk after all
 * before it is there.
 *
 * <p>H2 writes a chunk at once and later believes the newest one whose first and last block fit together, whatever lies
 * between. When the power goes before the sync, the disk may have kept both and lost what lies between: H2 would then open
 * with a damaged or empty state, though everything that was acknowledged is whole in the chunks before.
 */
public final class OrderedFiles extends FilePathWrapper {
    static final String SCHEME = "ordered";

    /** Disks write so much whole or not at all. A chunk's last one holds the footer; no copy of the header has more. */
    private static final int SECTOR = 512;

    static void register() {
        FilePath.register(new OrderedFiles());
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        FileChannel below = super.open(mode);
        try {
            return new Channel(below, new FileReader(getBase().unwrap().toString()));
        } catch (IOException e) {
            below.close();
            throw e;
        }
    }

    /** A file that takes the place of another one is on the disk before, and its name afterwards; it is as private. */
    @Override
    public void moveTo(FilePath newName, boolean atomicReplace) {
        // not "rw", which would make the file where it is gone
        force(getBase(), "r");
        keepPrivate(getBase());
        super.moveTo(newName, atomicReplace);
        force(getBase().getParent(), "r");
    }

    private static void keepPrivate(FilePath path) {
        try {
            Path file = Path.of(path.unwrap().toString());
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw DbException.convertIOException(e, path.toString());
        }
    }

    private static void force(FilePath path, String mode) {
        try (FileChannel channel = path.open(mode)) {
            channel.force(true);
        } catch (IOException e) {
            throw DbException.convertIOException(e, path.toString());
        }
    }

    /** Reading and writing at a position needs no lock of ours: what lies below takes care of itself. */
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    private static final class Channel extends FileBaseDefault {
        private final FileChannel below;
        private final FileReader reader;

        Channel(FileChannel below, FileReader reader) {
            this.below = below;
            this.reader = reader;
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            return reader.read(into, position);
        }

        @Override
        public int write(ByteBuffer from, long position) throws IOException {
            int body = from.remaining() - SECTOR;
            if (body <= 0) {
                return below.write(from, position);
            }
            ByteBuffer bytes = from.slice(from.position(), body);
            while (bytes.hasRemaining()) {
                below.write(bytes, position + bytes.position());
            }
            below.force(false);
            from.position(from.position() + body);
            return body + below.write(from, position + body);
        }

        @Override
        protected void implTruncate(long length) throws IOException {
            below.truncate(length);
        }

        @Override
        public void force(boolean metaData) throws IOException {
            below.force(metaData);
        }

        @Override
        public long size() throws IOException {
            return below.size();
        }

        @Override
        public FileLock tryLock(long position, long length, boolean shared) throws IOException {
            return below.tryLock(position, length, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            reader.close();
            below.close();
        }
    }
}
