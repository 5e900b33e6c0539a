// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

/** The convention of comparison programs; never a count. */
final class ExitStatus {
    /** Done, or no difference. */
    static final int OK = 0;

    /** A difference was found, or the command failed. */
    static final int DIFFERENCE = 1;

    static final int FAILED = 1;

    /** Wrong usage, or a comparison that could not be made. */
    static final int USAGE = 2;

    /** Whoever read the output has seen enough: as the shell says of programs that SIGPIPE ends (128 + 13). */
    static final int READER_GONE = 141;

    private ExitStatus() {}
}
