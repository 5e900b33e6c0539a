// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.simulation;

/** Where the simulated libxl can be told to die, each after what it names was done. */
public enum Step {
    /** Making a domain. */
    DOMAIN_MADE,
    DOMAIN_BUILT,
    INTRODUCED,
    DEVICES_ADDED,
    /** Plugging a device in, and the last of making a domain: its libxl-json was renamed into place. */
    TEMPLATE_WRITTEN,
    COMMITTED,
    BACKEND_READY,
    SCRIPT_DONE,
    /** Unplugging a device, also of a domain that is destroyed. */
    TOLD_TO_CLOSE,
    BACKEND_CLOSED,
    SCRIPT_REMOVED,
    DEVICE_REMOVED,
    /** Destroying a domain. */
    VM_REMOVED,
    HOME_REMOVED,
    LIBXL_REMOVED,
    USERDATA_REMOVED
}
