// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** Moments as the columns of the ledger hold them: ISO-8601 of one length, so that the order of texts is that of time. */
public final class Times {
    private static final DateTimeFormatter FORMAT =
            new DateTimeFormatterBuilder().appendInstant(9).toFormatter();

    private Times() {}

    public static String text(Instant moment) {
        return FORMAT.format(moment.atOffset(ZoneOffset.UTC));
    }

    public static Instant parse(String text) {
        return Instant.parse(text);
    }
}
