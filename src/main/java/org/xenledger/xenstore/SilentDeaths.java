// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.xenledger.xenstore.client.RefusedException;
import org.xenledger.xenstore.client.XenstoreClient;
import org.xenledger.xenstore.wire.XenstorePath;

/**
 * oxenstored removes the nodes that a dead domain owned without an event for them; all there is, is {@code @releaseDomain},
 * which does not say whose death it was, or whether it was one. The C daemon tells of each subtree that goes.
 *
 * <p>libxl gives a domain nodes of its own in its {@code ~} only (libxl_create.c, libxl_device.c), so it is these that may
 * have gone. The hypervisor gives out a domid again after all others: one that is introduced did not die just now.
 */
final class SilentDeaths {
    static final String RELEASE = "@releaseDomain";

    private static final String HOMES = "/local/domain";
    private static final int DOMID = 2;
    private static final Pattern OF_GUEST = Pattern.compile("[1-9]\\d{0,4}");

    private SilentDeaths() {}

    /** Whether it is such a daemon: it lists its special watches under {@code /}. Whoever is refused that must fear it. */
    static boolean happenOn(XenstoreClient client) {
        try {
            return client.children("/").contains(RELEASE);
        } catch (RefusedException e) {
            return true;
        }
    }

    /** What of the tops is in a {@code ~} whose domain the daemon does not serve, any more or yet. */
    static List<String> places(XenstoreClient client, Collection<String> tops) {
        return tops.stream()
                .flatMap(top -> inHomes(client, top))
                .filter(place ->
                        isWithoutDomain(client, XenstorePath.names(place).get(DOMID)))
                .toList();
    }

    private static Stream<String> inHomes(XenstoreClient client, String top) {
        if (!XenstorePath.isAtOrBelow(HOMES, top)) {
            return XenstorePath.isAtOrBelow(top, HOMES) ? Stream.of(top) : Stream.of();
        }
        try {
            return client.children(HOMES).stream().map(name -> XenstorePath.child(HOMES, name));
        } catch (RefusedException e) {
            if (e.is("ENOENT")) {
                return Stream.of();
            }
            throw e;
        }
    }

    private static boolean isWithoutDomain(XenstoreClient client, String domid) {
        return OF_GUEST.matcher(domid).matches() && !client.isIntroduced(Integer.parseInt(domid));
    }
}
