// SPDX-License-Identifier: Apache-2.0
package org.xenledger.bench;

import java.nio.file.Path;
import java.time.Duration;
import org.xenledger.xenstore.Snapshot;
import org.xenledger.xenstore.XenstoreNode;
import org.xenledger.xenstore.XenstoreTree;
import org.xenledger.xenstore.client.Deadline;
import org.xenledger.xenstore.client.Pipeline;
import org.xenledger.xenstore.client.XenstoreClient;
import org.xenledger.xenstore.wire.MessageType;

/** The nodes of a host with 1,000 domains of five disks, as libxl has them, and a program that reads them. */
final class LargeHost {
    /** Fewer show that the benchmark works; its figures are those of 1,000. */
    static final int DOMAINS = Integer.getInteger("bench.domains", 1000);

    private static final int DEVICES = 5;
    private static final String[] ATTRIBUTES = {
        "frontend-id", "online", "bootable", "dev", "type", "mode", "device-type", "params"
    };

    private LargeHost() {}

    /** Reads it, in a heap that whoever starts this chose; not being able to is an exit status of 1. */
    public static void main(String[] arguments) {
        try (XenstoreClient client = XenstoreClient.open(Path.of(arguments[0]))) {
            XenstoreTree tree = Snapshot.HOST.read(client);
            if (!tree.whole()) {
                throw new IllegalStateException("not read as a whole: " + tree.gaps());
            }
        }
    }

    /** Gives how many nodes there are. */
    static int fill(XenstoreClient client) {
        for (int domid = 1; domid <= DOMAINS; domid++) {
            try (Pipeline pipeline = client.pipeline()) {
                fill(pipeline, domid);
                if (!pipeline.drain(Deadline.in(Duration.ofSeconds(60)))) {
                    throw new IllegalStateException("the daemon is too slow");
                }
            }
        }
        return count(Snapshot.HOST.read(client).root());
    }

    private static void fill(Pipeline pipeline, int domid) {
        String home = "/local/domain/" + domid;
        write(pipeline, home + "/name", "guest" + domid);
        write(pipeline, home + "/vm", "/vm/5814e8a6-6120-43fd-bb68-%012x".formatted(domid));
        write(pipeline, "/vm/5814e8a6-6120-43fd-bb68-%012x/start_time".formatted(domid), "1");
        write(pipeline, home + "/memory/target", "131072");
        for (int device = 0; device < DEVICES; device++) {
            int id = id(device);
            String backend = backend(domid, device);
            String frontend = home + "/device/vbd/" + id;
            String entry = "/libxl/" + domid + "/device/vbd/" + id;
            write(pipeline, entry + "/backend", backend);
            write(pipeline, entry + "/frontend", frontend);
            write(pipeline, backend + "/frontend", frontend);
            write(pipeline, backend + "/state", "4");
            write(pipeline, frontend + "/backend", backend);
            write(pipeline, frontend + "/state", "4");
            for (String attribute : ATTRIBUTES) {
                write(pipeline, backend + "/" + attribute, attribute.equals("params") ? "/srv/xen/disk" + domid : "1");
                write(pipeline, entry + "/" + attribute, attribute.equals("params") ? "/srv/xen/disk" + domid : "1");
            }
        }
    }

    private static void write(Pipeline pipeline, String path, String value) {
        pipeline.ask(
                MessageType.WRITE,
                reply -> {
                    if (reply.error().isPresent()) {
                        throw new IllegalStateException("cannot write " + path + ": " + reply.body());
                    }
                },
                path,
                value);
    }

    private static int id(int device) {
        return 51712 + 16 * device;
    }

    private static String backend(int domid, int device) {
        return "/local/domain/0/backend/vbd/" + domid + "/" + id(device);
    }

    /** The node that says how a device is. */
    static String state(int domid, int device) {
        return backend(domid, device) + "/state";
    }

    static int count(XenstoreNode node) {
        int count = 1;
        for (XenstoreNode child : node.children()) {
            count += count(child);
        }
        return count;
    }
}
