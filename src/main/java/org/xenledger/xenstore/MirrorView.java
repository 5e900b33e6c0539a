// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import java.time.Instant;
import java.util.Optional;

/**
 * What a mirror knows. Immutable.
 *
 * @param tree as it was after the last change that was read; what is changing just now is a gap
 * @param notCurrentSince empty while changes are followed; else since when they are not, as the connection was lost: then
 *     the tree is what was known before, and nobody may act on it
 */
public record MirrorView(XenstoreTree tree, Optional<Instant> notCurrentSince) {
    public boolean current() {
        return notCurrentSince.isEmpty();
    }
}
