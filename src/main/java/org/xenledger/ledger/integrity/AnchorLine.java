// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.integrity;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.UUID;

/**
 * One line of an {@link Anchor}: what a verification found.
 *
 * @param time when that was
 */
@JsonPropertyOrder({"time", "store", "position", "seal", "hash"})
record AnchorLine(
        @JsonProperty(required = true) String time,
        @JsonProperty(required = true) UUID store,
        @JsonProperty(required = true) long position,
        @JsonProperty(required = true) long seal,
        @JsonProperty(required = true) String hash) {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    static AnchorLine of(Instant now, Verified verified) {
        Fingerprint sealed = verified.sealed();
        return new AnchorLine(now.toString(), verified.store(), sealed.position(), sealed.seal(), sealed.hash());
    }

    /** @throws JsonProcessingException when the text is not such a line */
    static AnchorLine parse(String text) throws JsonProcessingException {
        return JSON.readValue(text, AnchorLine.class);
    }

    Fingerprint fingerprint() {
        return new Fingerprint(seal, position, hash);
    }

    String text() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
