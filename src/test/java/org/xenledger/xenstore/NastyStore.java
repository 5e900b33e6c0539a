// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.xenledger.xenstore.client.XenstoreClient;
import org.xenledger.xenstore.wire.XenstorePermission;

/** A store with everything that guests could put into one to confuse a reader. */
final class NastyStore {

    private NastyStore() {}

    static void fill(XenstoreClient writer) {
        writer.write("/libxl/1/device/vbd/51712/params", "/srv/disk.img");
        writer.write("/vm/5814e8a6-6120-43fd-bb68-051553960d55/name", "guest");
        String data = "/local/domain/1/data";
        writer.write(data + "/newlines", "a\nb\r\nc\td\n");
        writer.write(data + "/quotes", "\"   (n0)\"\nb = \"x\"");
        writer.write(data + "/looks-like-permissions", "x\"   (n0");
        writer.write(data + "/backslashes", "\\ \\\\ \\n \\x41 \\000");
        writer.write(data + "/nul", "a\0b\0");
        writer.write(
                data + "/all-bytes",
                IntStream.range(0, 256).mapToObj(Character::toString).collect(Collectors.joining()));
        writer.write(data + "/empty", "");
        writer.write(data + "/long", "\u00ff".repeat(4000));
        writer.write(data + "/" + "d/".repeat(60) + "deep", "down there");
        writer.setPermissions(
                data + "/quotes",
                List.of(
                        new XenstorePermission('n', 0),
                        new XenstorePermission('r', 1),
                        new XenstorePermission('b', 32751)));
    }

    /** A list of 300 names that exceeds 4096 bytes; libxenstore, and so xenstore-ls, cannot read oxenstored's. */
    static void fillLongList(XenstoreClient writer, String parent) {
        for (int i = 0; i < 300; i++) {
            writer.write(parent + "/a-rather-long-name-" + i, Integer.toString(i));
        }
    }
}
