// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import java.util.regex.Pattern;

/**
 * Why something failed, in one line for people: what the innermost cause says ("No space left on device"), for what H2 makes
 * of it names its own classes and the SQL.
 */
final class Reason {
    static final int DEEPEST = 20;
    /** What H2 puts after its messages. */
    private static final Pattern ENDING = Pattern.compile("; SQL statement:$| \\[[0-9./-]+]$");

    private Reason() {}

    static String of(Throwable failure) {
        Throwable innermost = failure;
        // Bounded, because H2 makes exceptions that cause each other.
        for (int depth = 0; depth < DEEPEST && innermost.getCause() != null; depth++) {
            innermost = innermost.getCause();
        }
        String message = innermost.getMessage();
        if (message == null) {
            return innermost.getClass().getSimpleName();
        }
        String line = message.lines().findFirst().orElse("");
        return ENDING.matcher(line).replaceFirst("");
    }
}
