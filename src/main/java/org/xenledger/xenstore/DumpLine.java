// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xenledger.xenstore.wire.XenstorePermission;

/**
 * One node's line as xenstore-ls prints it (do_ls in tools/xs-clients/xenstore_client.c): {@code head = "value"}, with
 * {@code -p} a filler of blanks and dots, two blanks and {@code (n0,r1)}.
 *
 * <p>Quotes in a value are not escaped, so the value ends at the last quote; that is exact, as what follows holds none
 * and each form ends with another character.
 *
 * @param head the indented name or the path
 * @param value still escaped; empty for the line {@code head:} of a node that could not be read
 * @param permissions empty without -p, and where a node vanished while it was printed
 */
record DumpLine(String head, Optional<String> value, Optional<List<XenstorePermission>> permissions) {
    private static final String ASSIGN = " = \"";
    private static final String OPEN = "  (";

    /** Empty where it is no such line. */
    static Optional<DumpLine> parse(String line) {
        int assign = line.indexOf(ASSIGN);
        if (assign < 0) {
            return line.endsWith(":")
                    ? Optional.of(
                            new DumpLine(line.substring(0, line.length() - 1), Optional.empty(), Optional.empty()))
                    : Optional.empty();
        }
        String head = line.substring(0, assign);
        int start = assign + ASSIGN.length();
        int open = line.endsWith(")") ? line.lastIndexOf(OPEN) : line.length();
        int quote = line.lastIndexOf('"', open);
        if (quote < start || !isFiller(line, quote + 1, open)) {
            return Optional.empty();
        }
        Optional<String> value = Optional.of(line.substring(start, quote));
        if (open == line.length()) {
            return Optional.of(new DumpLine(head, value, Optional.empty()));
        }
        return permissions(line.substring(open)).map(all -> new DumpLine(head, value, Optional.of(all)));
    }

    private static boolean isFiller(String line, int from, int to) {
        return line.substring(from, to).chars().allMatch(c -> c == ' ' || c == '.');
    }

    /** Reads {@code   (n0,r1)}; empty where it is something else. */
    static Optional<List<XenstorePermission>> permissions(String text) {
        if (!text.startsWith(OPEN) || !text.endsWith(")")) {
            return Optional.empty();
        }
        List<XenstorePermission> permissions = new ArrayList<>();
        for (String one : text.substring(OPEN.length(), text.length() - 1).split(",", -1)) {
            Optional<XenstorePermission> permission = XenstorePermission.parse(one);
            if (permission.isEmpty()) {
                return Optional.empty();
            }
            permissions.add(permission.get());
        }
        return Optional.of(permissions);
    }
}
