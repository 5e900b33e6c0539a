// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;

/**
 * Reads a file by system calls in the reader's own thread, which no interrupt ends. H2's {@code async:} hands each read to
 * another thread and waits for it: that took half the time of a replay.
 */
final class FileReader implements Closeable {
    private final RandomAccessFile file;

    FileReader(String file) throws IOException {
        this.file = new RandomAccessFile(file, "r");
    }

    /** As {@link java.nio.channels.FileChannel#read(ByteBuffer, long)}. */
    synchronized int read(ByteBuffer into, long position) throws IOException {
        file.seek(position);
        if (!into.hasArray()) {
            byte[] bytes = new byte[into.remaining()];
            int read = file.read(bytes);
            into.put(bytes, 0, Math.max(read, 0));
            return read;
        }
        int read = file.read(into.array(), into.arrayOffset() + into.position(), into.remaining());
        into.position(into.position() + Math.max(read, 0));
        return read;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
