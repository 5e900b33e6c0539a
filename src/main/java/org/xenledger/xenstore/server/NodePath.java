// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import org.xenledger.xenstore.wire.XenstorePath;

/** What clients give for paths, as the C daemon takes it: is_valid_nodename and canonicalize in tools/xenstored/core.c. */
final class NodePath {
    static final String ROOT = "/";

    private static final String DOMAINS = "/local/domain/";
    private static final int DOMID_WIDTH = 5;

    private NodePath() {}

    /** @param maxLength of what follows {@code /local/domain/N/}, or of the whole where the path does not begin so */
    static boolean isValid(String path, int maxLength) {
        return XenstorePath.isAbsolute(path) && path.length() - domainPrefix(path) <= maxLength;
    }

    /** The length of {@code /local/domain/N/}, where N has at most five characters, a sign among them. */
    private static int domainPrefix(String path) {
        if (!path.startsWith(DOMAINS)) {
            return 0;
        }
        int start = DOMAINS.length();
        int end = start;
        while (end < path.length() && end - start < DOMID_WIDTH && isDomidPart(path.charAt(end), end == start)) {
            end++;
        }
        boolean number = end > start && path.charAt(end - 1) != '-';
        return number && end < path.length() && path.charAt(end) == '/' ? end + 1 : 0;
    }

    private static boolean isDomidPart(char c, boolean first) {
        return (c >= '0' && c <= '9') || (first && c == '-');
    }

    /** The absolute path that a client means; names of special events stay as they are. */
    static String canonical(String base, String path) {
        return path.startsWith("/") || isSpecial(path) ? path : base + '/' + path;
    }

    /** Whether this is the name of an event and none of a node. */
    static boolean isSpecial(String path) {
        return path.startsWith("@");
    }

    /** Where relative paths of a domain begin. */
    static String ofDomain(int domid) {
        return DOMAINS + Integer.toUnsignedString(domid);
    }

    static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
