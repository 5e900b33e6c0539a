// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * The file system {@code ordered:} of H2, on top of another one: the last block of a write goes to the disk after all the
 * others are there.
 *
 * <p>H2 writes a chunk at once and later believes the newest one whose first and last block fit together, whatever lies
 * between. When the power goes before the sync, the disk may have kept both and lost what lies between: H2 would then open
 * with a damaged or empty state, though everything that was acknowledged is whole in the chunks before.
 */
public final class OrderedFiles extends FilePathWrapper {
    static final String SCHEME = "ordered";

    /** H2's block; disks write so much whole or not at all. */
    private static final int BLOCK = 4096;

    static void register() {
        FilePath.register(new OrderedFiles());
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new Channel(super.open(mode));
    }

    /** Reading and writing at a position needs no lock of ours: what lies below takes care of itself. */
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    private static final class Channel extends FileBaseDefault {
        private final FileChannel below;

        Channel(FileChannel below) {
            this.below = below;
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            return below.read(into, position);
        }

        @Override
        public int write(ByteBuffer from, long position) throws IOException {
            int body = from.remaining() - BLOCK;
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
            below.close();
        }
    }
}
