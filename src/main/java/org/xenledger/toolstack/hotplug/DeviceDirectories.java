// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.hotplug;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.xenledger.domain.device.LiveDevice;
import org.xenledger.domain.device.Online;
import org.xenledger.domain.device.XenbusState;
import org.xenledger.domain.operation.EffectException;
import org.xenledger.domain.operation.PlannedNode;
import org.xenledger.domain.operation.Target;
import org.xenledger.xenstore.Text;
import org.xenledger.xenstore.client.Nodes;
import org.xenledger.xenstore.client.RefusedException;
import org.xenledger.xenstore.client.Transaction;
import org.xenledger.xenstore.wire.XenstorePath;
import org.xenledger.xenstore.wire.XenstorePermission;

/**
 * The three directories of a device in xenstore: what libxl does to them in one transaction each (libxl__device_generic_add,
 * libxl__initiate_device_generic_remove and libxl__device_destroy in libxl_device.c).
 */
final class DeviceDirectories {
    private final Target target;

    DeviceDirectories(Target target) {
        this.target = target;
    }

    String libxlEntry() {
        return "/libxl/" + target.life().domid() + "/device/" + target.device();
    }

    String frontend() {
        return Premises.home(target) + "/device/" + target.device();
    }

    String backend() {
        return target.backend().toString();
    }

    /** Whether libxl's entry is there, which is the device's existence. */
    boolean exists(Nodes nodes) {
        return Premises.value(nodes, libxlEntry()).isPresent();
    }

    /** The keys of libxl's entry, without those that tell how the device lives. */
    Map<String, String> attributes(Nodes nodes) {
        Map<String, String> attributes = new TreeMap<>();
        if (exists(nodes)) {
            for (String name : nodes.children(libxlEntry())) {
                if (!LiveDevice.tells(name)) {
                    Premises.value(nodes, libxlEntry() + "/" + name)
                            .ifPresent(value -> attributes.put(name, Text.of(value)));
                }
            }
        }
        return attributes;
    }

    /** Whether libxl's entry is just what these nodes would make it: then they were written before. */
    boolean holds(Nodes nodes, List<PlannedNode> planned) {
        return planned.stream()
                .filter(node -> XenstorePath.isAtOrBelow(node.path(), libxlEntry()))
                .allMatch(node -> Premises.value(nodes, node.path())
                        .filter(Text.toBytes(node.value())::equals)
                        .isPresent());
    }

    /** Clears what may lie at the three paths, and writes the nodes. */
    void write(Transaction transaction, List<PlannedNode> planned) {
        for (String path : List.of(libxlEntry(), frontend(), backend())) {
            remove(transaction, path);
        }
        for (PlannedNode node : planned) {
            transaction.write(node.path(), Text.toBytes(node.value()));
            if (!node.permissions().isEmpty()) {
                transaction.setPermissions(node.path(), permissions(node));
            }
        }
    }

    /** False where there is no backend. */
    boolean close(Transaction transaction) {
        String state = backend() + "/state";
        XenbusState now =
                Premises.value(transaction, state).map(XenbusState::ofText).orElse(null);
        if (now == null) {
            return false;
        }
        transaction.write(backend() + "/online", "0");
        if (now != XenbusState.CLOSED) {
            transaction.write(state, Integer.toString(XenbusState.CLOSING.number()));
        }
        return true;
    }

    void removeFrontend(Transaction transaction) {
        remove(transaction, frontend());
    }

    /**
     * Removes all three with the parents that they leave empty, but for the backend of another domain; never what somebody
     * plugged in again meanwhile.
     */
    void removeAll(Transaction transaction) {
        boolean wanted = Premises.value(transaction, backend() + "/online")
                .map(Online::ofText)
                .filter(Online.YES::equals)
                .isPresent();
        if (wanted && exists(transaction)) {
            throw new EffectException(target.device().display() + " is wanted again: nothing was removed");
        }
        boolean driverDomain = target.backend().domid() != 0;
        for (String path :
                driverDomain ? List.of(frontend(), libxlEntry()) : List.of(frontend(), libxlEntry(), backend())) {
            remove(transaction, path);
            prune(transaction, XenstorePath.parent(path));
        }
    }

    /** As libxl__xs_path_cleanup: upwards, as long as there is nothing in it. */
    private static void prune(Transaction transaction, String path) {
        String empty = path;
        while (XenstorePath.names(empty).size() > 2
                && Premises.value(transaction, empty).filter(String::isEmpty).isPresent()
                && transaction.children(empty).isEmpty()) {
            transaction.remove(empty);
            empty = XenstorePath.parent(empty);
        }
    }

    private static void remove(Transaction transaction, String path) {
        try {
            transaction.remove(path);
        } catch (RefusedException e) {
            if (!e.is("ENOENT")) {
                throw e;
            }
        }
    }

    private static List<XenstorePermission> permissions(PlannedNode node) {
        return List.of(node.permissions().split(",")).stream()
                .map(text ->
                        XenstorePermission.parse(text).orElseThrow(() -> new EffectException("no permission: " + text)))
                .toList();
    }
}
