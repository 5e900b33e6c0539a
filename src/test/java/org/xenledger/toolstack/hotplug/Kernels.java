// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.hotplug;

import org.xenledger.xenstore.client.Watch;
import org.xenledger.xenstore.client.XenstoreClient;

/**
 * The two kernels behind one device: its ends step through the xenbus states as blkback and blkfront do
 * (xen/include/public/io/blkif.h). What they are told not to do they do not.
 */
final class Kernels implements AutoCloseable {
    private final XenstoreClient xenstore;
    private final String backend;
    private final String frontend;
    private final Watch ofBackend;
    private final Watch ofFrontend;

    volatile boolean backendComes = true;
    volatile boolean guestConnects = true;
    volatile boolean guestLetsGo = true;

    Kernels(XenstoreClient xenstore, String backend, String frontend) {
        this.xenstore = xenstore;
        this.backend = backend;
        this.frontend = frontend;
        this.ofBackend = xenstore.watch(backend, (paths, missed) -> step());
        this.ofFrontend = xenstore.watch(frontend, (paths, missed) -> step());
    }

    /** One look, one step; what a step changes is the next watch event. */
    synchronized void step() {
        String back = value(backend + "/state");
        String front = value(frontend + "/state");
        boolean wired = value(backend + "/hotplug-status").equals("connected");
        if (back.equals("1") && backendComes) {
            set(backend, "2");
        } else if (back.equals("2") && front.equals("1") && guestConnects) {
            set(frontend, "3");
        } else if (back.equals("2") && front.equals("3") && wired) {
            set(backend, "4");
        } else if (back.equals("4") && front.equals("3")) {
            set(frontend, "4");
        } else if (back.equals("5") && (front.equals("3") || front.equals("4")) && guestLetsGo) {
            set(frontend, "6");
        } else if (back.equals("5") && (front.equals("6") || front.isEmpty())) {
            set(backend, "6");
        }
    }

    private String value(String path) {
        return Premises.value(xenstore, path).orElse("");
    }

    private void set(String end, String state) {
        xenstore.transaction(transaction -> {
            if (Premises.value(transaction, end + "/state").isPresent()) {
                transaction.write(end + "/state", state);
            }
            return null;
        });
    }

    @Override
    public void close() {
        ofBackend.close();
        ofFrontend.close();
    }
}
