// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Values are bytes; what is meant as text is UTF-8 on every toolstack's side, and other bytes stay one character each. */
public final class Text {
    private Text() {}

    /** The value, one character for each byte, that stands for a text. */
    public static String toBytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** The text of a value that holds one character for each byte. */
    public static String of(String bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return bytes;
        }
    }
}
