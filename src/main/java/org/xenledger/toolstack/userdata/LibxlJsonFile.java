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
import org.xenledger.domain.template.LosslessJson;
import org.xenledger.domain.template.MalformedJsonException;
import org.xenledger.domain.view.TemplateView;

/**
 * One libxl-json file. libxl ends it with a NUL byte (libxl_internal.c); other writers do not, and both are read.
 */
final class LibxlJsonFile {
    /** Real ones have a few KiB; a far larger one is a mistake or an attack, and is not worth the memory. */
    private static final int MAX_BYTES = 1 << 20;

    private LibxlJsonFile() {}

    static TemplateView read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                return new TemplateView.Unreadable("the file is larger than 1 MiB");
            }
            return parse(bytes);
        } catch (AccessDeniedException e) {
            return new TemplateView.Unreadable("permission denied");
        } catch (IOException e) {
            return new TemplateView.Unreadable("it cannot be read: " + e.getMessage());
        }
    }

    private static TemplateView parse(byte[] bytes) {
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] == 0) {
            length--;
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
            return LosslessJson.parse(text) instanceof ObjectNode tree
                    ? new TemplateView.Present(tree)
                    : new TemplateView.Unreadable("it is not a JSON object");
        } catch (CharacterCodingException e) {
            return new TemplateView.Unreadable("it is not UTF-8 text");
        } catch (MalformedJsonException e) {
            return new TemplateView.Unreadable(e.getMessage());
        }
    }
}
