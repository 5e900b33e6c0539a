// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.simulation;

import org.xenledger.xenstore.client.ConnectionException;
import org.xenledger.xenstore.client.RefusedException;
import org.xenledger.xenstore.client.XenstoreClient;

/** Writes below a guest's {@code data} without end: new children up to what a guest may own, and values that change. */
public final class Flood implements AutoCloseable {
    private static final int CHILDREN = 900;

    private final XenstoreClient client;
    private final String directory;
    private final Thread thread;
    private volatile boolean stopping;

    Flood(XenstoreClient client, int domid) {
        this.client = client;
        this.directory = "/local/domain/" + domid + "/data/flood";
        this.thread = new Thread(this::run, "simulated-flood");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            for (long i = 0; !stopping; i++) {
                client.write(directory + "/n" + i % CHILDREN, Long.toString(i));
            }
        } catch (RefusedException | ConnectionException gone) {
            // the domain, or the daemon
        }
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
