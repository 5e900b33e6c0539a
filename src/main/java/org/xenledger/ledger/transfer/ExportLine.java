// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.transfer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.UUID;
import org.xenledger.ledger.SealTable.Seal;

/**
 * The lines of an export that are not events. Every line is written in one form only, and read only in that form: so an
 * export that was read and written again is the same, byte by byte.
 */
final class ExportLine {
    static final String FORMAT = "xenledger-export";
    static final int VERSION = 1;

    static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .defaultPropertyInclusion(JsonInclude.Value.ALL_NON_NULL)
            .build();

    private ExportLine() {}

    /** The first line: what this is, of which store, and when it was written. */
    @JsonPropertyOrder({"format", "version", "store", "schema", "exported_at"})
    record Header(
            @JsonProperty("format") String format,
            @JsonProperty("version") int version,
            @JsonProperty("store") UUID store,
            @JsonProperty("schema") int schema,
            @JsonProperty("exported_at") String exportedAt) {
        static Header of(UUID store, int schema, Instant now) {
            return new Header(FORMAT, VERSION, store, schema, now.toString());
        }
    }

    /** A seal, after the last event that it covers. */
    @JsonPropertyOrder({"seal", "last_index", "count", "sealed_at", "hash"})
    record SealLine(
            @JsonProperty("seal") long seal,
            @JsonProperty("last_index") long lastIndex,
            @JsonProperty("count") long count,
            @JsonProperty("sealed_at") String sealedAt,
            @JsonProperty("hash") String hash) {
        static SealLine of(Seal seal) {
            String hash = HexFormat.of().formatHex(seal.hash());
            return new SealLine(seal.number(), seal.lastIndex(), seal.count(), seal.sealedAt(), hash);
        }

        Seal toSeal() {
            return new Seal(
                    seal,
                    lastIndex,
                    count,
                    Objects.requireNonNull(sealedAt),
                    HexFormat.of().parseHex(hash));
        }
    }

    /**
     * The last line: how much there must be before it.
     *
     * @param stopped why the ledger's later events are not in the export; null when it is complete
     */
    @JsonPropertyOrder({"events", "seals", "last_seal", "stopped"})
    record Trailer(
            @JsonProperty("events") long events,
            @JsonProperty("seals") long seals,
            @JsonProperty("last_seal") String lastSeal,
            @JsonProperty("stopped") String stopped) {}

    static byte[] write(Object line) {
        try {
            return JSON.writeValueAsBytes(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws IOException when this is not the one form of such a line */
    static <L> L read(byte[] line, Class<L> type) throws IOException {
        L read = JSON.readValue(line, type);
        if (read == null || !Arrays.equals(write(read), line)) {
            throw new IOException("not in the form in which an export is written");
        }
        return read;
    }
}
