// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.simulation;

import java.util.BitSet;
import org.xenledger.domain.device.BackendPath;
import org.xenledger.xenstore.client.XenstoreClient;

/** What the hotplug scripts leave in xenstore: tools/hotplug/Linux/block and vif-bridge. */
final class Script {
    /** The major number of loop devices. */
    private static final int LOOP = 7;

    private static final String STATUS = "/hotplug-status";

    /** What a script says when it fails. */
    record Outcome(String error) {
        static final Outcome SUCCESS = new Outcome("");

        boolean isSuccess() {
            return error.isEmpty();
        }
    }

    private final XenstoreClient client;
    private final BitSet loops = new BitSet();

    Script(XenstoreClient client) {
        this.client = client;
    }

    /** Adds a device; false when the script fails, which leaves its reason there. */
    synchronized boolean add(BackendPath backend, Outcome outcome) {
        if (!outcome.isSuccess()) {
            client.write(backend + "/hotplug-error", outcome.error());
            client.write(backend + STATUS, "error");
            return false;
        }
        if (backend.kind().equals("vbd")) {
            int loop = loops.nextClearBit(0);
            loops.set(loop);
            client.write(backend + "/node", "/dev/loop" + loop);
            client.write(backend + "/physical-device", LOOP + ":" + Integer.toHexString(loop));
            client.write(backend + "/physical-device-path", "/dev/loop" + loop);
        }
        client.write(backend + STATUS, "connected");
        return true;
    }

    /** Gives back what {@link #add} took. */
    synchronized void remove(BackendPath backend) {
        String node = NodeWriter.valueOf(client, backend + "/node");
        if (node.startsWith("/dev/loop")) {
            loops.clear(Integer.parseInt(node.substring("/dev/loop".length())));
        }
    }
}
