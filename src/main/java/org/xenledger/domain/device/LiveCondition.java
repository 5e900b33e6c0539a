// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.device;

/** How a live device stands, judged by the shape of its kind. */
public enum LiveCondition {
    ABSENT("absent"),
    /** Some of what must exist does not. */
    PARTIAL("partly there"),
    INITIALISING("initialising"),
    /** The backend waits for its peer, or for the script. */
    READY("ready, not connected"),
    CONNECTED("connected"),
    SCRIPT_FAILED("hotplug script failed"),
    CLOSING("closing"),
    CLOSED("closed"),
    /** A value that steers a decision could not be read, or points where it must not. */
    UNREADABLE("unreadable");

    private final String words;

    LiveCondition(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
