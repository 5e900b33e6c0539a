// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Standard output, which remembers why it failed. Not {@code System.out}: a PrintStream tells nobody that the disk is full.
 */
final class StandardOutput extends FilterOutputStream {
    private static final Path SELF = Path.of("/proc/self/fd/1");

    /** Whoever read from us has seen enough, as {@code head} has. */
    @SuppressWarnings("serial")
    static final class ReaderGone extends IOException {
        ReaderGone(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    private volatile boolean readerGone;

    StandardOutput() {
        super(new FileOutputStream(FileDescriptor.out));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            readerGone = isPipe();
            throw readerGone ? new ReaderGone(e) : e;
        }
    }

    /** Java has no type for EPIPE, and its words are those of the locale; but a pipe that fails has lost its reader. */
    private static boolean isPipe() {
        try {
            String leadsTo = Files.readSymbolicLink(SELF).toString();
            return leadsTo.startsWith("pipe:") || leadsTo.startsWith("socket:");
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether it was {@link ReaderGone} that ended it; for users of a writer, which keeps exceptions to itself. */
    boolean readerGone() {
        return readerGone;
    }
}
