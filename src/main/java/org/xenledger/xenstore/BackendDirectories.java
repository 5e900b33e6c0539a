// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.xenledger.domain.device.BackendPath;

/**
 * The backend directories of all domains. Only Domain-0's are searched for what no {@code /libxl} entry names: another
 * domain's are its own to fill.
 */
record BackendDirectories(Map<Integer, XenstoreNode> homes, Predicate<String> wholeAt) {
    private static final int DOMAIN_0 = 0;

    static BackendDirectories of(Map<Integer, XenstoreNode> homes, Predicate<String> wholeAt) {
        return new BackendDirectories(homes, wholeAt);
    }

    /** Whether all of a backend was read: a driver domain may have more than is read of it. */
    boolean isWhole(BackendPath path) {
        return isWhole(path.toString());
    }

    boolean isWhole(String path) {
        return wholeAt.test(path);
    }

    Optional<XenstoreNode> find(BackendPath path) {
        return Optional.ofNullable(homes.get(path.domid()))
                .flatMap(home -> home.child("backend"))
                .flatMap(backend -> backend.child(path.kind()))
                .flatMap(kind -> kind.child(Integer.toString(path.frontendDomid())))
                .flatMap(guest -> guest.child(Integer.toString(path.id())));
    }

    /** Every directory of Domain-0's backends that serves a domid, whether or not anything else names it. */
    List<BackendPath> ofGuest(int domid) {
        List<BackendPath> paths = new ArrayList<>();
        for (XenstoreNode kind : kinds()) {
            kind.child(Integer.toString(domid))
                    .ifPresent(guest -> guest.children()
                            .forEach(device -> BackendPath.parse("/local/domain/0/backend/" + kind.name() + "/" + domid
                                            + "/" + device.name())
                                    .ifPresent(paths::add)));
        }
        return paths;
    }

    /** The directories of guests that are not among those domids. */
    List<String> leftovers(Set<Integer> domids) {
        List<String> paths = new ArrayList<>();
        for (XenstoreNode kind : kinds()) {
            LiveViews.byDomid(kind.children()).forEach((domid, guest) -> {
                if (!domids.contains(domid)) {
                    paths.add("/local/domain/0/backend/" + kind.name() + "/" + domid);
                }
            });
        }
        return List.copyOf(paths);
    }

    private List<XenstoreNode> kinds() {
        return Optional.ofNullable(homes.get(DOMAIN_0))
                .flatMap(home -> home.child("backend"))
                .map(XenstoreNode::children)
                .orElse(List.of());
    }
}
