// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * The database's file, to force it to the disk beside H2, which can do it only together with writing.
 *
 * <p>It must stay open until H2 has closed the file: closing any descriptor of a file gives up the process's locks on it.
 */
final class DatabaseFile implements GroupSync.Disk, AutoCloseable {
    private final FileChannel channel;

    private DatabaseFile(FileChannel channel) {
        this.channel = channel;
    }

    static DatabaseFile open(Path file) {
        try {
            return new DatabaseFile(H2File.open(file));
        } catch (IOException e) {
            throw new LedgerException("the ledger's file " + file + " cannot be opened: " + e.getMessage(), e);
        }
    }

    @Override
    public void force() throws IOException {
        channel.force(false);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new LedgerException("the ledger's file could not be closed: " + e.getMessage(), e);
        }
    }
}
