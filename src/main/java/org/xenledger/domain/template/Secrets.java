// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Replaces passwords by keyed fingerprints before anything becomes an event: a change is still seen, the value is not
 * kept. The keys are those of libxl_types.idl (vnc and spice {@code passwd}) and of the vfb backend ({@code vncpasswd},
 * libxl_console.c). Without the key of the ledger a fingerprint does not help to guess a short password.
 */
public final class Secrets {
    private static final Set<String> NAMES = Set.of("passwd", "vncpasswd");
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHOWN_BYTES = 8;

    private final SecretKeySpec key;

    public Secrets(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** A copy of a configuration without its secrets. */
    public ObjectNode mask(ObjectNode template) {
        ObjectNode copy = template.deepCopy();
        maskIn(copy);
        return copy;
    }

    /** A copy of a device's xenstore keys without its secrets. */
    public Map<String, String> mask(Map<String, String> nodes) {
        Map<String, String> masked = new TreeMap<>(nodes);
        masked.replaceAll((name, value) -> isSecret(name, value) ? fingerprint(value) : value);
        return masked;
    }

    private void maskIn(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> {
                JsonNode value = field.getValue();
                if (value.isValueNode() && !value.isNull() && isSecret(field.getKey(), value.asText())) {
                    field.setValue(object.textNode(fingerprint(value.asText())));
                } else {
                    maskIn(value);
                }
            });
        } else if (node instanceof ArrayNode array) {
            array.forEach(this::maskIn);
        }
    }

    private static boolean isSecret(String name, String value) {
        return NAMES.contains(name) && !value.isEmpty();
    }

    private String fingerprint(String secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] digest = mac.doFinal(secret.getBytes(StandardCharsets.UTF_8));
            return "secret:" + HexFormat.of().formatHex(digest, 0, SHOWN_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is in every Java", e);
        }
    }
}
