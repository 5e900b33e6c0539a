// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.wire;

import java.util.List;

/** Absolute paths of xenstore: docs/misc/xenstore.txt, is_valid_nodename in tools/xenstored/core.c. */
public final class XenstorePath {
    /** XENSTORE_ABS_PATH_MAX in xen/include/public/io/xs_wire.h. */
    public static final int MAX_LENGTH = 3072;

    private XenstorePath() {}

    public static boolean isName(String name) {
        return !name.isEmpty() && name.length() <= MAX_LENGTH && name.chars().allMatch(XenstorePath::isNameCharacter);
    }

    private static boolean isNameCharacter(int c) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '@';
    }

    public static boolean isAbsolute(String path) {
        return path.equals("/")
                || (path.startsWith("/")
                        && path.length() <= MAX_LENGTH
                        && names(path).stream().allMatch(XenstorePath::isName));
    }

    /** The names from the root down; none for the root itself. */
    public static List<String> names(String path) {
        return path.equals("/") ? List.of() : List.of(path.substring(1).split("/", -1));
    }

    public static String child(String parent, String name) {
        return parent.equals("/") ? "/" + name : parent + "/" + name;
    }

    public static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash == 0 ? "/" : path.substring(0, slash);
    }

    public static boolean isAtOrBelow(String path, String top) {
        return path.startsWith(top)
                && (path.length() == top.length() || top.equals("/") || path.charAt(top.length()) == '/');
    }
}
