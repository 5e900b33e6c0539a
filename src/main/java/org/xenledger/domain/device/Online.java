// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.device;

/** The toolstack's wish for a device, its backend's {@code online} node: 1, 0 (an unplug was begun), or no such node. */
public enum Online {
    YES,
    NO,
    ABSENT;

    /** Reads the node's text; what is neither 1 nor 0 counts as absent. */
    public static Online ofText(String text) {
        if ("1".equals(text)) {
            return YES;
        }
        return "0".equals(text) ? NO : ABSENT;
    }
}
