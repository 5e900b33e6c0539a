// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.xenledger.domain.Knobs;
import org.xenledger.domain.view.LiveView;
import org.xenledger.domain.view.StoreView;

/**
 * What a tree of xenstore shows of each domain: {@code ~}, {@code /vm}, {@code /libxl} and the backends.
 *
 * @param domains all domids that have a {@code ~} or a {@code /libxl/<d>}, in order
 * @param store what the tree shows beside them
 */
public record LiveViews(List<LiveView> domains, StoreView store) {
    private static final Pattern DOMID = Pattern.compile("0|[1-9][0-9]{0,4}");
    private static final Pattern VM = Pattern.compile("/vm/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    /** Reads the views out of a tree. */
    public static LiveViews of(XenstoreTree tree) {
        SortedMap<Integer, XenstoreNode> homes = byDomid(tree.children("/local/domain"));
        SortedMap<Integer, XenstoreNode> libxl = byDomid(tree.children("/libxl"));
        Completeness completeness = new Completeness(tree);
        BackendDirectories backends = BackendDirectories.of(homes, tree::wholeAt);
        TreeSet<Integer> domids = new TreeSet<>(homes.keySet());
        domids.addAll(libxl.keySet());
        List<LiveView> views = new ArrayList<>();
        for (int domid : domids) {
            Optional<XenstoreNode> home = Optional.ofNullable(homes.get(domid));
            Optional<XenstoreNode> entry = Optional.ofNullable(libxl.get(domid));
            String vm = home.map(node -> text(node, "vm")).orElse("");
            Matcher uuid = VM.matcher(vm);
            boolean hasUuid = uuid.matches();
            String vmPath = hasUuid ? vm : "";
            views.add(new LiveView(
                    domid,
                    home.isPresent(),
                    entry.isPresent(),
                    hasUuid ? uuid.group(1) : "",
                    hasUuid ? tree.value(vm + "/start_time").orElse("") : "",
                    completeness.isWhole(domid, vmPath),
                    completeness.unread(domid, vmPath),
                    home.flatMap(node -> node.child("name"))
                            .map(node -> Text.of(node.value()))
                            .orElse(null),
                    home.map(LiveViews::knobs).orElse(Knobs.UNKNOWN),
                    new DeviceScan(domid, home, entry, backends).devices()));
        }
        List<String> missing = Stream.of(StoreView.DOMAIN_0, StoreView.LIBXL)
                .filter(path -> tree.find(path).isEmpty())
                .toList();
        return new LiveViews(
                List.copyOf(views), new StoreView(completeness.unlisted(), missing, backends.leftovers(domids)));
    }

    /** The children whose names are domids; xenstore's other names there are not domains. */
    static SortedMap<Integer, XenstoreNode> byDomid(List<XenstoreNode> nodes) {
        SortedMap<Integer, XenstoreNode> domids = new TreeMap<>();
        for (XenstoreNode node : nodes) {
            if (DOMID.matcher(node.name()).matches()) {
                domids.put(Integer.valueOf(node.name()), node);
            }
        }
        return domids;
    }

    /** A child's value; empty where there is no such child. */
    static String text(XenstoreNode node, String child) {
        return node.child(child).map(XenstoreNode::value).orElse("");
    }

    /** Whether {@code ~/vm} names a place of the only form that libxl gives it. */
    static boolean isVm(String path) {
        return VM.matcher(path).matches();
    }

    private static Knobs knobs(XenstoreNode home) {
        Optional<XenstoreNode> memory = home.child("memory");
        return new Knobs(
                memory.map(node -> number(node, "target")).orElse(null),
                memory.map(node -> number(node, "static-max")).orElse(null),
                home.child("cpu").map(LiveViews::onlineVcpus).orElse(null));
    }

    private static Long number(XenstoreNode node, String child) {
        String text = text(node, child);
        return NUMBER.matcher(text).matches() ? Long.valueOf(text) : null;
    }

    private static List<Integer> onlineVcpus(XenstoreNode cpus) {
        TreeMap<Integer, XenstoreNode> byNumber = new TreeMap<>(byDomid(cpus.children()));
        return byNumber.entrySet().stream()
                .filter(cpu -> text(cpu.getValue(), "availability").equals("online"))
                .map(Map.Entry::getKey)
                .toList();
    }
}
