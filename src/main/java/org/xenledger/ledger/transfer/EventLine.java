// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.transfer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import org.xenledger.domain.StreamId;
import org.xenledger.ledger.EventRow;

/** An event as a line of an export: payload and metadata stand in it as the very bytes that the hash is over. */
final class EventLine {
    private EventLine() {}

    static byte[] write(EventRow row) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(row.payload().length + row.metadata().length + 400);
        put(line, "{\"position\":" + row.globalIndex() + ",\"stream\":" + quoted(row.stream()));
        put(line, ",\"sequence\":" + row.sequence() + ",\"id\":" + quoted(row.eventId()));
        put(line, ",\"kind\":" + quoted(row.kind()) + ",\"revision\":" + row.revision());
        put(line, ",\"at\":" + quoted(row.occurredAt()) + ",\"payload\":");
        line.writeBytes(row.payload());
        put(line, ",\"metadata\":");
        line.writeBytes(row.metadata());
        put(line, ",\"hash\":\"" + HexFormat.of().formatHex(row.hash()) + "\"}");
        return line.toByteArray();
    }

    /** @throws IOException when this is not the one form of such a line */
    static EventRow read(byte[] line) throws IOException {
        try (JsonParser parser = ExportLine.JSON.createParser(line)) {
            parser.nextToken();
            EventRow row = new EventRow(
                    field(parser, "position").getLongValue(),
                    new StreamId(text(parser, "stream")).value(),
                    field(parser, "sequence").getLongValue(),
                    text(parser, "id"),
                    text(parser, "kind"),
                    field(parser, "revision").getIntValue(),
                    text(parser, "at"),
                    object(parser, "payload", line),
                    object(parser, "metadata", line),
                    HexFormat.of().parseHex(text(parser, "hash")));
            if (!Arrays.equals(write(row), line)) {
                throw new IOException("not in the form in which an export is written");
            }
            return row;
        }
    }

    private static JsonParser field(JsonParser parser, String name) throws IOException {
        if (!name.equals(parser.nextFieldName())) {
            throw new IOException("there is no \"" + name + "\" where it should be");
        }
        parser.nextToken();
        return parser;
    }

    private static String text(JsonParser parser, String name) throws IOException {
        if (!field(parser, name).hasToken(JsonToken.VALUE_STRING)) {
            throw new IOException("\"" + name + "\" is no text");
        }
        return parser.getText();
    }

    private static byte[] object(JsonParser parser, String name, byte[] line) throws IOException {
        if (!field(parser, name).hasToken(JsonToken.START_OBJECT)) {
            throw new IOException("\"" + name + "\" is no object");
        }
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        return Arrays.copyOfRange(line, start, (int) parser.currentLocation().getByteOffset());
    }

    private static String quoted(String text) {
        try {
            return ExportLine.JSON.writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void put(ByteArrayOutputStream line, String text) {
        line.writeBytes(text.getBytes(US_ASCII));
    }
}
