// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import java.util.List;
import org.xenledger.xenstore.client.Deadline;
import org.xenledger.xenstore.client.XenstoreClient;
import org.xenledger.xenstore.wire.XenstorePath;

/**
 * Reads subtrees of a live xenstored or oxenstored, without a transaction and without changing anything: watches tell
 * what changed meanwhile, and that is read again.
 *
 * <p>The tree is what xenstore held at one moment, except at its {@link XenstoreTree#gaps}. Failures are those of the
 * client.
 *
 * @param roots absolute paths, none below another
 * @param withPermissions costs half as many requests again
 */
public record Snapshot(List<String> roots, ReadLimits limits, boolean withPermissions) {
    /** All that libxl keeps of domains; the first is the one that no guest can write. */
    public static final List<String> DOMAIN_ROOTS = List.of("/libxl", "/local/domain", "/vm");

    /** The whole host's part, within the usual limits. */
    public static final Snapshot HOST = new Snapshot(DOMAIN_ROOTS, ReadLimits.DEFAULT, false);

    public Snapshot {
        roots = List.copyOf(roots);
        for (String root : roots) {
            if (!XenstorePath.isAbsolute(root)
                    || roots.stream()
                                    .filter(top -> XenstorePath.isAtOrBelow(root, top))
                                    .count()
                            > 1) {
                throw new IllegalArgumentException("not an absolute path, or below another one: " + root);
            }
        }
    }

    public XenstoreTree read(XenstoreClient client) {
        try (LiveRead read = new LiveRead(client, this)) {
            return read.run(Deadline.in(limits.time()));
        }
    }
}
