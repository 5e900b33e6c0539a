// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.integrity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.ledger.EventCodec;
import org.xenledger.ledger.EventRow;
import org.xenledger.ledger.LedgerException;
import org.xenledger.ledger.SearchColumns;
import org.xenledger.ledger.Times;

/** The rule of a single row: its payload is an event, and every copy of a part of it says the same. */
public final class Contents {
    private static final JsonFactory JSON = new JsonFactory();

    private final EventCodec codec = new EventCodec();

    /** The event in a row. @throws LedgerException that tells what of the row was changed when there is none */
    public DomainEvent event(EventRow row) {
        if (!isObjectInOneLine(row.payload())) {
            throw new LedgerException("its payload was changed: it is no JSON object in one line of ASCII");
        }
        if (!isObjectInOneLine(row.metadata())) {
            throw new LedgerException("its metadata was changed: it is no JSON object in one line of ASCII");
        }
        try {
            DomainEvent event = codec.decode(row.kind(), row.revision(), row.payload());
            // What lacks a part that every event has is read all the same, and shows only when that is asked for.
            SearchColumns.of(event);
            time(event);
            return event;
        } catch (RuntimeException e) {
            throw new LedgerException(
                    "its payload, kind or revision was changed, or a newer Xenledger wrote it: this one knows no such event",
                    e);
        }
    }

    /** Empty when all columns of a row say what its event says; else what is wrong in one sentence. */
    Optional<String> wrong(EventScan.Stored stored) {
        DomainEvent event;
        try {
            event = event(stored.row());
        } catch (LedgerException e) {
            return Optional.of(e.getMessage());
        }
        SearchColumns search = stored.search();
        SearchColumns due = SearchColumns.of(event);
        return differs("occurred_at", stored.row().occurredAt(), time(event))
                .or(() -> differs("device", search.device(), due.device()))
                .or(() -> differs("operation", search.operation(), due.operation()))
                .or(() -> differs("actor", search.actor(), due.actor()))
                .or(() -> differs("host", search.host(), due.host()));
    }

    /** What the column {@code occurred_at} must say. */
    public static String time(DomainEvent event) {
        return Times.text(event.by().at());
    }

    private static Optional<String> differs(String column, String stored, String due) {
        return Objects.equals(stored, due)
                ? Optional.empty()
                : Optional.of("its column " + column + " was changed: the event itself says otherwise");
    }

    /** So that a line of an export can hold the very bytes. */
    private static boolean isObjectInOneLine(byte[] bytes) {
        for (byte one : bytes) {
            if (one < ' ') {
                return false;
            }
        }
        try (JsonParser parser = JSON.createParser(new String(bytes, US_ASCII))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }
}
