// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.regex.Pattern;

/** A moment in a domain's history as people write it: a time, or the number of an event. */
public sealed interface Moment {
    /** After everything that happened up to this time. */
    record At(Instant time) implements Moment {}

    /** After the event with this number in the ledger. */
    record After(long position) implements Moment {}

    Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

    /**
     * Reads a number, or a time in ISO-8601 with an offset or without (then in {@code zone}), or a date (its first moment).
     *
     * @throws IllegalArgumentException with one sentence that says what may be written
     */
    static Moment parse(String text, ZoneId zone) {
        return DIGITS.matcher(text).matches() ? new After(Long.parseLong(text)) : new At(parseTime(text, zone));
    }

    /** As {@link #parse}, for places where a number makes no sense. */
    static Instant parseTime(String text, ZoneId zone) {
        String iso = text.replace(' ', 'T');
        try {
            return OffsetDateTime.parse(iso).toInstant();
        } catch (DateTimeException withoutOffset) {
            try {
                return LocalDateTime.parse(iso).atZone(zone).toInstant();
            } catch (DateTimeException withoutTime) {
                try {
                    return LocalDate.parse(iso).atStartOfDay(zone).toInstant();
                } catch (DateTimeException neither) {
                    throw new IllegalArgumentException(
                            "\"" + text + "\" is no moment: write the number of an event, or a time like"
                                    + " 2026-11-22T21:52:00Z, 2026-11-22T21:52:00 or 2026-11-22",
                            neither);
                }
            }
        }
    }
}
