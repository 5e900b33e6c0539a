// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.operation;

/** Where an operation of our own stands: the states of the two machines. Their order is libxl's (libxl_device.c). */
public enum Step {
    WRITING(Effect.WRITE_ENTRIES, "writing the template's entry and the nodes"),
    BACKEND_AWAITED(Effect.AWAIT_BACKEND, "waiting for the backend"),
    SCRIPT_DUE(Effect.PREPARE_SCRIPT, "starting the hotplug script"),
    SCRIPT_RUNNING(Effect.RUN_SCRIPT, "running the hotplug script"),
    SCRIPT_FAILED(Effect.NONE, "the hotplug script failed"),
    FRONTEND_AWAITED(Effect.AWAIT_FRONTEND, "waiting for the guest"),
    CONNECTED(Effect.NONE, "the guest is connected"),
    PLUGGED(Effect.NONE, "plugged"),

    /** The hotplug failed: what was done is taken back, by the steps of a removal. */
    GIVEN_UP(Effect.CLOSE_BACKEND, "taking back what was done"),
    TAKEN_BACK(Effect.NONE, "taken back"),

    CLOSE_DUE(Effect.CLOSE_BACKEND, "asking the backend to close"),
    CLOSING(Effect.AWAIT_CLOSED, "waiting for the guest to let go"),
    FORCING(Effect.FORCE_CLOSE, "taking it from the guest"),
    REMOVAL_SCRIPT_DUE(Effect.PREPARE_REMOVAL_SCRIPT, "starting the removal script"),
    REMOVAL_SCRIPT_RUNNING(Effect.RUN_REMOVAL_SCRIPT, "running the removal script"),
    REMOVING(Effect.REMOVE_ENTRIES, "deleting the nodes and the template's entry"),
    REMOVED(Effect.NONE, "nodes and entry are gone"),
    /** Nobody works on it any more; it goes on when the guest lets go after all, or by force. */
    TIMED_OUT(Effect.NONE, "the removal is stuck"),
    UNPLUGGED(Effect.NONE, "unplugged"),

    XL_DUE(Effect.PREPARE_XL, "starting xl"),
    XL_RUNNING(Effect.FOLLOW_XL, "running xl"),
    XL_WRITTEN(Effect.FOLLOW_XL, "waiting for xl to get the backend ready"),
    XL_CLOSING(Effect.FOLLOW_XL, "waiting for xl to have it closed"),
    XL_ENDING(Effect.FOLLOW_XL, "waiting for xl to end");

    private final Effect effect;
    private final String words;

    Step(Effect effect, String words) {
        this.effect = effect;
        this.words = words;
    }

    /** What is to be done here; its outcome is the event that leads on. */
    public Effect effect() {
        return effect;
    }

    /** For people. */
    public String words() {
        return words;
    }
}
