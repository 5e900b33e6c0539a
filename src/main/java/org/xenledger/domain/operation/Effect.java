// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.operation;

/** What an operation does to the world in one step; each may be done again after a crash in the middle of it. */
public enum Effect {
    /** Nothing: the next event follows at once, or the operation has ended. */
    NONE,
    /** Writes the template's entry and the device's nodes in one locked section: both, or neither. */
    WRITE_ENTRIES,
    /** Waits until the backend is ready for the script or further. */
    AWAIT_BACKEND,
    /** Starts the process of the hotplug script, which does nothing until it is told to. */
    PREPARE_SCRIPT,
    /** Lets the script go and waits for its end. */
    RUN_SCRIPT,
    /** Waits until the guest has connected; that it does not is no failure. */
    AWAIT_FRONTEND,
    /** Sets {@code online} to 0 and asks the backend to close. */
    CLOSE_BACKEND,
    /** Waits until the backend is closed. */
    AWAIT_CLOSED,
    /** Deletes the frontend and asks the backend to close, whatever the guest says. */
    FORCE_CLOSE,
    /** As {@link #PREPARE_SCRIPT}, for the removal. */
    PREPARE_REMOVAL_SCRIPT,
    /** As {@link #RUN_SCRIPT}, for the removal. */
    RUN_REMOVAL_SCRIPT,
    /** Starts the process of xl, which does nothing until it is told to. */
    PREPARE_XL,
    /** Lets xl go, where it is not yet, and waits for the next sign of its work, or for its end. */
    FOLLOW_XL,
    /** Deletes the device's nodes, then drops the template's entry, or puts back the one that it replaced. */
    REMOVE_ENTRIES
}
