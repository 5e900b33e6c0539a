// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.UUID;
import org.xenledger.ledger.SealTable.Seal;

/** The file of the {@link SealMark}, for the one process that writes the store. It is made with the first mark. */
final class SealMarkFile implements AutoCloseable {
    private final Path file;
    private final UUID store;
    private FileChannel channel;

    SealMarkFile(Path file, UUID store) {
        this.file = file;
        this.store = store;
    }

    /** Writes the mark of a seal that is on the disk. */
    void put(Seal seal) throws IOException {
        if (channel == null) {
            channel = H2File.open(file);
        }
        channel.write(ByteBuffer.wrap(SealMark.of(store, seal).bytes()), 0);
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
