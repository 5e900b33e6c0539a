// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.xenledger.domain.device.BackendPath;
import org.xenledger.domain.device.DeviceKind;
import org.xenledger.xenstore.client.Deadline;
import org.xenledger.xenstore.client.XenstoreClient;
import org.xenledger.xenstore.wire.XenstorePath;

/**
 * Reads all that xenstore holds of one domain, as {@link Snapshot} reads the whole host's: {@code ~}, {@code /libxl/<d>},
 * the {@code /vm} node that {@code ~/vm} names, Domain-0's backends of it, and those of driver domains that
 * {@code /libxl/<d>} names.
 *
 * <p>Which parts these are is in the store itself, so it is read again when they turn out to be others; where that does
 * not come to an end, or not in time, the missing ones are {@link Gap}s.
 *
 * @param limits of one such read; the time is that of all of them
 */
public record DomainSnapshot(int domid, ReadLimits limits, boolean withPermissions) {
    private static final int MOST_READS = 4;

    public DomainSnapshot {
        if (domid < 0) {
            throw new IllegalArgumentException("not a domid: " + domid);
        }
    }

    /** The tree of a domain that does not exist has none of these. */
    public XenstoreTree read(XenstoreClient client) {
        Deadline deadline = Deadline.in(limits.time());
        List<String> roots = missing(List.of(), fixedRoots());
        XenstoreTree tree = read(client, roots, deadline);
        List<String> missing = missing(roots, named(tree));
        for (int reads = 1; !missing.isEmpty(); reads++) {
            if (deadline.passed()) {
                return withGaps(tree, missing, Gap.Reason.TIME);
            }
            if (reads == MOST_READS) {
                return withGaps(tree, missing, Gap.Reason.CHANGING);
            }
            roots.addAll(missing);
            tree = read(client, roots, deadline);
            missing = missing(roots, named(tree));
        }
        return tree;
    }

    private XenstoreTree read(XenstoreClient client, List<String> roots, Deadline deadline) {
        try (LiveRead read = new LiveRead(client, new Snapshot(roots, limits, withPermissions))) {
            return read.run(deadline);
        }
    }

    private List<String> fixedRoots() {
        List<String> roots = new ArrayList<>(List.of("/libxl/" + domid, home()));
        for (DeviceKind kind : DeviceKind.values()) {
            kind.backends().forEach(backend -> roots.add(backends(0, backend)));
        }
        return roots;
    }

    /** What the toolstack's nodes point at, by paths of the forms that libxl gives them only. */
    private List<String> named(XenstoreTree tree) {
        Optional<String> vm = tree.value(home() + "/vm").filter(LiveViews::isVm);
        Stream<String> backends = tree.children("/libxl/" + domid + "/device").stream()
                .flatMap(kind -> kind.children().stream())
                .flatMap(device -> device.child(BackendPath.ATTRIBUTE).stream())
                .flatMap(backend -> BackendPath.parse(backend.value()).stream())
                .filter(path -> path.frontendDomid() == domid)
                .map(path -> backends(path.domid(), path.kind()));
        return Stream.concat(vm.stream(), backends).toList();
    }

    /** The wanted paths that are in none of the roots, nor in one another. */
    private static List<String> missing(List<String> roots, List<String> wanted) {
        List<String> missing = new ArrayList<>();
        for (String path : wanted) {
            if (Stream.concat(roots.stream(), missing.stream())
                    .noneMatch(root -> XenstorePath.isAtOrBelow(path, root))) {
                missing.add(path);
            }
        }
        return missing;
    }

    private static XenstoreTree withGaps(XenstoreTree tree, List<String> missing, Gap.Reason reason) {
        Stream<Gap> unread = missing.stream().map(path -> new Gap(path, reason));
        return new XenstoreTree(
                tree.root(),
                Stream.concat(tree.gaps().stream(), unread).sorted().toList());
    }

    private String home() {
        return "/local/domain/" + domid;
    }

    private String backends(int backendDomid, String kind) {
        return "/local/domain/" + backendDomid + "/backend/" + kind + "/" + domid;
    }
}
