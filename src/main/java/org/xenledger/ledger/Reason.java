// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Why something failed, in one line for people: what the innermost cause says ("No space left on device"), for what H2 makes
 * of it names its own classes and the SQL.
 */
final class Reason {
    private static final int DEEPEST = 20;
    /** What H2 puts after its messages. */
    private static final Pattern ENDING = Pattern.compile("; SQL statement:$| \\[[0-9./-]+]$");

    private Reason() {}

    /** A failure, its cause, the cause of that. Bounded, because H2 makes exceptions that cause each other. */
    static Stream<Throwable> chain(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(DEEPEST);
    }

    static String of(Throwable failure) {
        Throwable innermost = chain(failure).reduce(failure, (outer, inner) -> inner);
        String message = innermost.getMessage();
        if (message == null) {
            return innermost.getClass().getSimpleName();
        }
        String line = message.lines().findFirst().orElse("");
        return ENDING.matcher(line).replaceFirst("");
    }
}
