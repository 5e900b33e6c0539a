// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xenledger.xenstore.wire.XenstorePath;

/**
 * Judges the gaps of a tree part by part: the lists that say which domains there are, and of each domain what only the
 * toolstack writes. So a guest that fills or keeps changing its own nodes leaves nothing of another domain uncertain, and of
 * its own no more than its frontends' states, which are not known then. A gap in a backend makes its device unreadable
 * ({@link DeviceScan}).
 */
record Completeness(XenstoreTree tree) {
    private static final List<String> LISTS = List.of("/local/domain", "/libxl");
    private static final String BACKENDS = "/local/domain/0/backend";

    /** What we read of {@code ~} and the guest cannot write (libxl_create.c); the frontends are judged one by one. */
    static final List<String> TOOLSTACKS = List.of("name", "vm", "memory", "cpu");

    private static final int GUESTS_BACKENDS = 6;
    private static final int MOST_TOLD = 3;

    /** Why it is not known which domains there are; empty when it is known. */
    String unlisted() {
        return words(gap -> LISTS.stream().anyMatch(list -> XenstorePath.isAtOrBelow(list, gap.path())));
    }

    /** Whether all of a domain was read that decides about it; {@code vm} is where {@code ~/vm} points, or empty. */
    boolean isWhole(int domid, String vm) {
        return Stream.concat(
                                TOOLSTACKS.stream().map(name -> home(domid) + "/" + name),
                                Stream.of("/libxl/" + domid, vm).filter(path -> !path.isEmpty()))
                        .allMatch(tree::wholeAt)
                && tree.gaps().stream().noneMatch(gap -> isOfBackends(gap, domid) && !isInABackend(gap));
    }

    /** What of a domain was not read, its guest's own part included; empty when all was. */
    String unread(int domid, String vm) {
        boolean guest = domid != 0;
        return words(gap -> touches(gap, "/libxl/" + domid)
                || (!vm.isEmpty() && touches(gap, vm))
                || (touches(gap, home(domid)) && (guest || !XenstorePath.isAtOrBelow(gap.path(), BACKENDS)))
                || (guest && isOfBackends(gap, domid)));
    }

    /** Whether it is at or below a domain's {@code ~}, other than Domain-0's. */
    static boolean isOfGuest(List<String> names) {
        return names.size() > 2
                && names.get(0).equals("local")
                && names.get(1).equals("domain")
                && !names.get(2).equals("0");
    }

    /** Below Domain-0's backends each guest has directories of its own, {@code <kind>/<domid>}. */
    private static boolean isOfBackends(Gap gap, int domid) {
        if (!touches(gap, BACKENDS)) {
            return false;
        }
        List<String> names = XenstorePath.names(gap.path());
        return names.size() < GUESTS_BACKENDS || names.get(GUESTS_BACKENDS - 1).equals(Integer.toString(domid));
    }

    private static boolean isInABackend(Gap gap) {
        return touches(gap, BACKENDS) && XenstorePath.names(gap.path()).size() > GUESTS_BACKENDS;
    }

    private static boolean touches(Gap gap, String path) {
        return XenstorePath.isAtOrBelow(gap.path(), path) || XenstorePath.isAtOrBelow(path, gap.path());
    }

    private static String home(int domid) {
        return "/local/domain/" + domid;
    }

    private String words(Predicate<Gap> concerned) {
        List<String> told = tree.gaps().stream()
                .filter(concerned)
                .map(Gap::toString)
                .limit(MOST_TOLD + 1L)
                .toList();
        return told.stream().limit(MOST_TOLD).collect(Collectors.joining("; "))
                + (told.size() > MOST_TOLD ? "; and more" : "");
    }
}
