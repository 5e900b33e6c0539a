// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.xenledger.domain.device.BackendPath;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.device.DeviceKind;
import org.xenledger.domain.device.LiveDevice;
import org.xenledger.domain.device.Online;
import org.xenledger.domain.device.ScriptStatus;
import org.xenledger.domain.device.XenbusState;
import org.xenledger.domain.view.SeenDevice;

/**
 * The devices of one domid. A device is listed where {@code /libxl/<d>/device} or a backend directory has it, never
 * because of what the guest can write or delete (XSA-175): the guest's side gives its state and nothing else.
 */
final class DeviceScan {
    private static final Pattern ID = Pattern.compile("0|[1-9][0-9]{0,9}");
    private static final int MAX_ERROR_LENGTH = 1024;

    private final int domid;
    private final Optional<XenstoreNode> home;
    private final Optional<XenstoreNode> libxl;
    private final BackendDirectories backends;
    private final SortedMap<DeviceKey, SeenDevice> devices = new TreeMap<>();

    DeviceScan(int domid, Optional<XenstoreNode> home, Optional<XenstoreNode> libxl, BackendDirectories backends) {
        this.domid = domid;
        this.home = home;
        this.libxl = libxl;
        this.backends = backends;
    }

    SortedMap<DeviceKey, SeenDevice> devices() {
        libxl.flatMap(node -> node.child("device"))
                .ifPresent(kinds -> kinds.children().forEach(this::listed));
        backends.ofGuest(domid).forEach(this::backendAlone);
        return devices;
    }

    private void listed(XenstoreNode kindNode) {
        DeviceKind.ofNode(kindNode.name()).ifPresent(kind -> {
            for (XenstoreNode entry : kindNode.children()) {
                if (isId(entry.name())) {
                    listed(new DeviceKey(kind, Integer.parseInt(entry.name())), entry);
                }
            }
        });
    }

    private static boolean isId(String name) {
        return ID.matcher(name).matches() && Long.parseLong(name) <= Integer.MAX_VALUE;
    }

    /** Where libxl's entry names a backend path of another form, or another device's, nothing of it can be trusted. */
    private void listed(DeviceKey key, XenstoreNode entry) {
        Optional<String> pointer = entry.child(BackendPath.ATTRIBUTE).map(XenstoreNode::value);
        Optional<BackendPath> path = pointer.flatMap(BackendPath::parse)
                .filter(p -> p.frontendDomid() == domid && p.id() == key.id())
                .filter(p -> DeviceKind.ofBackend(p.kind()).equals(Optional.of(key.kind())));
        boolean mayLackBackend = key.kind() == DeviceKind.VUSB && pointer.isEmpty();
        boolean readable = path.map(backends::isWhole).orElse(mayLackBackend);
        add(key, true, path, readable, Attributes.of(entry));
    }

    private void backendAlone(BackendPath path) {
        DeviceKind.ofBackend(path.kind())
                .map(kind -> new DeviceKey(kind, path.id()))
                .filter(key -> !devices.containsKey(key))
                .ifPresent(key -> add(key, false, Optional.of(path), backends.isWhole(path), attributesOf(key, path)));
    }

    private Map<String, String> attributesOf(DeviceKey key, BackendPath path) {
        if (key.kind() != DeviceKind.PCI) {
            return Map.of(BackendPath.ATTRIBUTE, path.toString());
        }
        Map<String, String> attributes = backends.find(path).map(Attributes::of).orElseGet(TreeMap::new);
        attributes.put(BackendPath.ATTRIBUTE, path.toString());
        return attributes;
    }

    private void add(
            DeviceKey key,
            boolean listed,
            Optional<BackendPath> path,
            boolean readable,
            Map<String, String> attributes) {
        Optional<XenstoreNode> backend = path.flatMap(backends::find);
        LiveDevice live = new LiveDevice(
                listed,
                backend.isPresent(),
                frontendState(key),
                XenbusState.ofText(
                        backend.map(node -> LiveViews.text(node, "state")).orElse("")),
                Online.ofText(
                        backend.map(node -> LiveViews.text(node, "online")).orElse("")),
                ScriptStatus.ofText(backend.map(node -> LiveViews.text(node, "hotplug-status"))
                        .orElse("")),
                bounded(backend.map(node -> LiveViews.text(node, "hotplug-error"))
                        .orElse("")));
        devices.put(
                key,
                new SeenDevice(
                        key,
                        path.map(BackendPath::domid).orElse(0),
                        path.map(BackendPath::kind).orElse(""),
                        readable,
                        live,
                        attributes));
    }

    /** What its guest keeps from being read is its own state: it makes nothing else uncertain. */
    private XenbusState frontendState(DeviceKey key) {
        List<String> frontend = frontend(key);
        if (!backends.isWhole("/local/domain/" + domid + "/" + String.join("/", frontend) + "/state")) {
            return XenbusState.UNKNOWN;
        }
        return XenbusState.ofText(
                below(home, frontend).map(node -> LiveViews.text(node, "state")).orElse(""));
    }

    /** Where below ~ libxl puts the guest's end: the first console has its own place (libxl__device_frontend_path). */
    private static List<String> frontend(DeviceKey key) {
        String id = Integer.toString(key.id());
        return switch (key.kind()) {
            case CONSOLE -> key.id() == 0 ? List.of("console") : List.of("device", "console", id);
            case VUART -> List.of("vuart", id);
            default -> List.of("device", key.kind().node(), id);
        };
    }

    private static Optional<XenstoreNode> below(Optional<XenstoreNode> node, List<String> names) {
        Optional<XenstoreNode> found = node;
        for (String name : names) {
            found = found.flatMap(parent -> parent.child(name));
        }
        return found;
    }

    private static String bounded(String text) {
        return text.length() <= MAX_ERROR_LENGTH ? text : text.substring(0, MAX_ERROR_LENGTH);
    }
}
