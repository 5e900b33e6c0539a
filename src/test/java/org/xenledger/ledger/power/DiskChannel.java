// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.power;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBaseDefault;

/** An open file of a {@link Disk}. */
@SuppressWarnings("UnsynchronizedOverridesSynchronized")
final class DiskChannel extends FileBaseDefault {
    private final Disk disk;
    private final Node node;
    private final FileChannel below;

    DiskChannel(Disk disk, Node node, FileChannel below) {
        this.disk = disk;
        this.node = node;
        this.below = below;
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        return below.read(into, position);
    }

    @Override
    public int write(ByteBuffer from, long position) throws IOException {
        return disk.write(node, below, from, position);
    }

    @Override
    protected void implTruncate(long length) throws IOException {
        disk.truncate(node, below, length);
    }

    @Override
    public void force(boolean metaData) throws IOException {
        disk.force(node);
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
