// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;

/**
 * Standard output, which remembers why it failed. Not {@code System.out}: a PrintStream tells nobody that the disk is full.
 */
final class StandardOutput extends FilterOutputStream {
    /** What the system says of EPIPE (strerror(3)); Java has no type of its own for it. */
    private static final String EPIPE = "Broken pipe";

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
            readerGone = EPIPE.equals(e.getMessage());
            throw readerGone ? new ReaderGone(e) : e;
        }
    }

    /** Whether it was {@link ReaderGone} that ended it; for users of a writer, which keeps exceptions to itself. */
    boolean readerGone() {
        return readerGone;
    }
}
