// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import org.xenledger.xenstore.wire.XenstorePath;

/**
 * What a client asked to be told of.
 *
 * @param path absolute, or the name of a special event
 * @param base what is left out in its events, as it was when the watch was set; empty for nothing
 */
record Watch(String path, String token, String base) {
    boolean covers(String changed, boolean exactly) {
        return exactly ? changed.equals(path) : XenstorePath.isAtOrBelow(changed, path);
    }

    /** The path as this watch's events show it. */
    String shown(String changed) {
        String rest = changed.substring(base.length());
        return !base.isEmpty() && rest.startsWith("/") ? rest.substring(1) : rest;
    }

    int size() {
        return path.length() + token.length();
    }
}
