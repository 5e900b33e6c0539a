// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import java.nio.file.Path;
import java.util.List;
import org.xenledger.xenstore.wire.Connection;
import org.xenledger.xenstore.wire.Deadline;
import org.xenledger.xenstore.wire.XenstorePath;

/**
 * Reads subtrees of a live xenstored or oxenstored over its Unix socket, without a transaction and without changing
 * anything: watches tell what changed meanwhile, and that is read again.
 *
 * <p>The tree is what xenstore held at one moment, except at its {@link XenstoreTree#gaps}. A daemon that cannot be
 * reached or does not speak the protocol is an {@link org.xenledger.xenstore.wire.XenstoreException}.
 *
 * @param socket the daemon's
 * @param roots absolute paths, none below another
 * @param withPermissions costs half as many requests again
 */
public record SocketReader(Path socket, List<String> roots, ReadLimits limits, boolean withPermissions) {
    /** All that libxl keeps of domains; the first is the one that no guest can write. */
    public static final List<String> DOMAIN_ROOTS = List.of("/libxl", "/local/domain", "/vm");

    public SocketReader {
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

    public SocketReader(Path socket) {
        this(socket, DOMAIN_ROOTS, ReadLimits.DEFAULT, false);
    }

    public XenstoreTree read() {
        Deadline deadline = Deadline.in(limits.time());
        try (Connection connection = Connection.open(socket, deadline)) {
            return new LiveRead(connection, roots, limits, withPermissions).run(deadline);
        }
    }
}
