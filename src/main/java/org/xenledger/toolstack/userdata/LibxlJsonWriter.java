// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.userdata;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.xenledger.domain.template.LibxlStyle;
import org.xenledger.domain.template.MalformedJsonException;
import org.xenledger.toolstack.posix.Descriptor;

/** Replaces a libxl-json file as libxl does (libxl__userdata_store, libxl_dom.c), and syncs it, which libxl does not. */
final class LibxlJsonWriter {
    private LibxlJsonWriter() {}

    /** A file's content. The tail is what follows the JSON text. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Content(ObjectNode tree, byte[] tail) {}

    /** What is there now; refused unless it is a configuration, and this domain's. */
    static Content current(DomainFiles files) {
        try {
            byte[] bytes = LibxlJsonFile.bytes(files.data());
            ObjectNode tree = LibxlJsonFile.parse(bytes);
            requireOwn(files, tree);
            return new Content(tree, LibxlJsonFile.tail(bytes));
        } catch (NoSuchFileException e) {
            throw refusal(files, "there is none", e);
        } catch (IOException e) {
            throw refusal(files, reason(e), e);
        } catch (MalformedJsonException e) {
            throw refusal(files, e.getMessage(), e);
        }
    }

    static void replace(DomainFiles files, ObjectNode configuration) {
        byte[] tail = current(files).tail();
        try {
            ByteBuffer text =
                    StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(LibxlStyle.print(configuration)));
            store(files, text, tail);
        } catch (CharacterCodingException e) {
            throw new UserdataException(
                    "the configuration of domain " + files.domid()
                            + " has text that is no Unicode: nothing was written",
                    e);
        } catch (IOException e) {
            throw new UserdataException("cannot write " + files.data() + ": " + reason(e), e);
        }
    }

    private static void store(DomainFiles files, ByteBuffer text, byte[] tail) throws IOException {
        Path fresh = files.temporary();
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            try (FileOutputStream out = new FileOutputStream(fresh.toFile())) {
                out.write(text.array(), text.arrayOffset(), text.limit());
                out.write(tail);
                out.getFD().sync();
            }
            Files.move(fresh, files.data(), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
        try (Descriptor directory = Descriptor.openDirectory(files.directory())) {
            directory.sync();
        }
    }

    private static void requireOwn(DomainFiles files, ObjectNode tree) {
        String uuid = tree.path("c_info").path("uuid").asText("");
        if (!uuid.isEmpty() && !uuid.toLowerCase(Locale.ROOT).equals(files.uuid())) {
            throw refusal(files, "it says that it is of domain " + uuid, null);
        }
    }

    private static UserdataException refusal(DomainFiles files, String reason, Exception cause) {
        return new UserdataException(
                "the configuration of domain " + files.domid() + " is left as it is, since " + files.data()
                        + " cannot be used: " + reason,
                cause);
    }

    private static String reason(IOException e) {
        return e instanceof FileSystemException system && system.getReason() != null
                ? system.getReason()
                : String.valueOf(e.getMessage());
    }
}
