// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.device;

/** The states of either end of a device: xen/include/public/io/xenbus.h. */
public enum XenbusState {
    UNKNOWN(0, "unknown"),
    INITIALISING(1, "initialising"),
    INIT_WAIT(2, "init-wait"),
    INITIALISED(3, "initialised"),
    CONNECTED(4, "connected"),
    CLOSING(5, "closing"),
    CLOSED(6, "closed"),
    RECONFIGURING(7, "reconfiguring"),
    RECONFIGURED(8, "reconfigured");

    private static final XenbusState[] ALL = values();
    private final int number;
    private final String word;

    XenbusState(int number, String word) {
        this.number = number;
        this.word = word;
    }

    public int number() {
        return number;
    }

    public String word() {
        return word;
    }

    /** The state that a node's text stands for; a missing, empty or foreign text is {@link #UNKNOWN}, as for the drivers. */
    public static XenbusState ofText(String text) {
        if (text == null || text.length() != 1) {
            return UNKNOWN;
        }
        int number = text.charAt(0) - '0';
        return number >= 0 && number < ALL.length ? ALL[number] : UNKNOWN;
    }

    @Override
    public String toString() {
        return number + " " + word;
    }
}
