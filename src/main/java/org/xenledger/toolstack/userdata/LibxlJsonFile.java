// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.userdata;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.xenledger.domain.template.LosslessJson;
import org.xenledger.domain.template.MalformedJsonException;
import org.xenledger.domain.view.TemplateView;

/**
 * One libxl-json file. libxl ends it with a NUL byte (libxl_internal.c); other writers do not, and both are read.
 */
final class LibxlJsonFile {
    /**
     * Real ones have a few KiB; a far larger one is a mistake or an attack. The ledger must be able to store the change
     * from one of this size to another in one event: escaped, each may have three times as many bytes.
     */
    private static final int MAX_BYTES = 128 << 10;

    private LibxlJsonFile() {}

    static TemplateView read(Path file) {
        try {
            return new TemplateView.Present(parse(bytes(file)));
        } catch (MalformedJsonException e) {
            return new TemplateView.Unreadable(e.getMessage());
        } catch (AccessDeniedException e) {
            return new TemplateView.Unreadable("permission denied");
        } catch (IOException e) {
            return new TemplateView.Unreadable("it cannot be read: " + e.getMessage());
        }
    }

    /** The file's bytes; of one that is too large only enough to see that. */
    static byte[] bytes(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MAX_BYTES + 1);
        }
    }

    /** The configuration in a file's bytes. */
    static ObjectNode parse(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new MalformedJsonException("the file is larger than 128 KiB");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, textLength(bytes)))
                    .toString();
            if (LosslessJson.parse(text) instanceof ObjectNode tree) {
                return tree;
            }
            throw new MalformedJsonException("it is not a JSON object");
        } catch (CharacterCodingException e) {
            throw new MalformedJsonException("it is not UTF-8 text");
        }
    }

    /** What follows the JSON text: libxl's line end and NUL. */
    static byte[] tail(byte[] bytes) {
        return Arrays.copyOfRange(bytes, textLength(bytes), bytes.length);
    }

    private static int textLength(byte[] bytes) {
        int length = bytes.length;
        while (length > 0 && "\0\n\r\t ".indexOf(bytes[length - 1]) >= 0) {
            length--;
        }
        return length;
    }
}
