// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.xenledger.ledger.SealTable.Seal;

/**
 * The database's file, to force it to the disk beside H2, which can do it only together with writing; and the mark beside
 * it of what was forced.
 *
 * <p>It must stay open until H2 has closed the file: closing any descriptor of a file gives up the process's locks on it.
 */
final class DatabaseFile implements GroupSync.Disk, AutoCloseable {
    private final FileChannel channel;
    private final SealMarkFile mark;

    private DatabaseFile(FileChannel channel, SealMarkFile mark) {
        this.channel = channel;
        this.mark = mark;
    }

    static DatabaseFile open(Path file, SealMarkFile mark) {
        try {
            return new DatabaseFile(H2File.open(file), mark);
        } catch (IOException e) {
            throw new LedgerException("the ledger's file " + file + " cannot be opened: " + e.getMessage(), e);
        }
    }

    @Override
    public void force() throws IOException {
        channel.force(false);
    }

    @Override
    public void mark(Seal seal) throws IOException {
        mark.put(seal);
    }

    @Override
    public void close() {
        try (mark) {
            channel.close();
        } catch (IOException e) {
            throw new LedgerException("the ledger's file could not be closed: " + e.getMessage(), e);
        }
    }
}
