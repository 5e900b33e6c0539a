// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.posix;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** kill(2) with SIGKILL: of one process, or of a process group, which Java cannot name. */
public final class Signals {
    private Signals() {}

    /** Ends a process, whatever it does; one that is gone already is no error. */
    public static void kill(long pid) {
        send(pid);
    }

    /** Ends each process of a group at once; a group that is gone already is no error. */
    public static void killGroup(long group) {
        send(-group);
    }

    private static void send(long target) {
        if (Math.abs(target) <= 1) {
            throw new IllegalArgumentException("0, 1 and -1 stand for all processes: " + target);
        }
        try {
            LibC.INSTANCE.kill(Math.toIntExact(target), LibC.SIGKILL);
        } catch (LastErrorException e) {
            if (e.getErrorCode() != LibC.ESRCH) {
                throw new UncheckedIOException(new IOException("kill " + target + ": " + e.getMessage(), e));
            }
        }
    }
}
