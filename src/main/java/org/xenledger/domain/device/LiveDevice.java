// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.device;

import java.util.Set;

/**
 * What xenstore shows of a device and what changes while it lives.
 *
 * @param libxlEntry whether {@code /libxl/<d>/device/<kind>/<id>} exists
 * @param backendPath whether the backend's directory exists
 * @param frontend the guest's state; {@link XenbusState#UNKNOWN} also where its directory is gone, or
 *     never stood still while it was read (the guest can do both)
 * @param backend the backend driver's state
 * @param online the toolstack's wish
 * @param script what the hotplug script reported
 * @param scriptError its {@code hotplug-error}; empty when there is none
 */
public record LiveDevice(
        boolean libxlEntry,
        boolean backendPath,
        XenbusState frontend,
        XenbusState backend,
        Online online,
        ScriptStatus script,
        String scriptError) {
    private static final Set<String> KEYS = Set.of("state", "online", "hotplug-status", "hotplug-error");
    private static final String PCI_STATE_PREFIX = "state-";

    /** Whether a key of a device is told here, and is none of how it was configured. */
    public static boolean tells(String key) {
        return KEYS.contains(key) || key.startsWith(PCI_STATE_PREFIX);
    }

    /**
     * Whether the guest has given the backend pages to use: its own state says so, or the backend's, which connects to
     * nothing else (xenbus.h) and which the guest cannot write.
     */
    public boolean shares() {
        return frontend == XenbusState.INITIALISED
                || frontend == XenbusState.CONNECTED
                || backend == XenbusState.CONNECTED;
    }

    /** How it stands, for people: the two ends, and what else of it is not as it should be or was reported. */
    public String describe(DeviceShape shape) {
        StringBuilder words = new StringBuilder();
        words.append("backend ").append(backend).append(", frontend ").append(frontend);
        if (online == Online.NO) {
            words.append(", online 0");
        }
        if (!libxlEntry && shape.libxlEntry()) {
            words.append(", no /libxl entry");
        }
        if (!backendPath && shape.backend()) {
            words.append(", no backend");
        }
        if (shape.script()) {
            words.append(
                    switch (script) {
                        case NOT_REPORTED -> ", script not reported";
                        case FAILED -> ", script failed: " + scriptError;
                        case SUCCEEDED -> ", script done";
                    });
        }
        return words.toString();
    }
}
