// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.userdata;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A process that edits our entry, so that it can be killed: {@code EditProcess DIRECTORY FIRST COUNT}. It says the number
 * of each edit that is done, and which one it lost.
 */
final class EditProcess {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private EditProcess() {}

    public static void main(String[] arguments) throws Exception {
        DomainFiles files = new DomainFiles(Path.of(arguments[0]), 1, Userdata.UUID);
        long first = Long.parseLong(arguments[1]);
        edit(files, first, Long.parseLong(arguments[2]), System.out);
    }

    /** Each edit must find the number that the one before it left. */
    static void edit(DomainFiles files, long first, long count, PrintStream out) throws InterruptedException {
        for (long number = first; number < first + count; number++) {
            try (DomainLock lock = DomainLock.acquire(files, LIMIT, () -> true)) {
                ObjectNode tree = lock.read();
                if (Userdata.ours(tree) != number - 1) {
                    throw new IllegalStateException("LOST: found " + Userdata.ours(tree) + ", left " + (number - 1));
                }
                lock.write(Userdata.withOurs(tree, number));
            }
            out.println(number);
            out.flush();
        }
    }
}
