// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.script;

/**
 * How a hotplug script ended. libxl judges it by its exit status alone.
 *
 * @param timedOut whether it ran for too long and was ended
 * @param status its exit status; 128 and the signal's number when a signal ended it; {@link #STILL_THERE} when it ran for too
 *     long and could not be ended
 * @param output the end of what it said, on standard output and error; any bytes may be in it
 */
public record ScriptResult(boolean timedOut, int status, String output) {
    public static final int STILL_THERE = -1;

    public boolean succeeded() {
        return !timedOut && status == 0;
    }
}
