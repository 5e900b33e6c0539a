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
 * not come to an end, the missing ones are {@link Gap}s.
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
        List<String> roots = new ArrayList<>();
        addMissing(roots, fixedRoots());
        XenstoreTree tree = read(client, roots, deadline);
        for (int reads = 1; addMissing(roots, named(tree)); reads++) {
            if (reads == MOST_READS) {
                return withGaps(tree, roots);
            }
            tree = read(client, roots, deadline);
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

    /** True where a root was added; one below another is in that already. */
    private static boolean addMissing(List<String> roots, List<String> wanted) {
        boolean added = false;
        for (String path : wanted) {
            if (roots.stream().noneMatch(root -> XenstorePath.isAtOrBelow(path, root))) {
                added |= roots.add(path);
            }
        }
        return added;
    }

    private XenstoreTree withGaps(XenstoreTree tree, List<String> roots) {
        Stream<Gap> unread = named(tree).stream()
                .filter(roots::contains)
                .filter(path -> tree.find(path).isEmpty())
                .map(path -> new Gap(path, Gap.Reason.CHANGING));
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
