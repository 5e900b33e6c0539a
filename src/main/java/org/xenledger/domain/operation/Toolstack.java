// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xenledger.domain.device.LiveDevice;

/**
 * What operations do to the world, and the only way in which they do it.
 *
 * <p>Each method reads its premises again inside the transaction or under the lock that makes its change: the domain is
 * still the same life, the backend's path has the right form, nobody else is at work on the device. Where they no longer
 * hold nothing is changed, and an {@link EffectException} says why. Each may be called again when a crash left open
 * whether it was done. Waits have the time limits of libxl (libxl_internal.h) unless told otherwise.
 */
public interface Toolstack {
    /**
     * Writes the template's entry, then the nodes, in one locked section: both, or neither.
     *
     * @param nodes in order, each after its parent
     */
    void writeEntries(Target target, ObjectNode entry, List<PlannedNode> nodes);

    /** Whether what is there of the device is what these nodes would have made it: then they were written before. */
    boolean holds(Target target, List<PlannedNode> nodes);

    /** Returns when the backend is in state 2, 3 or 4. */
    void awaitBackend(Target target);

    /**
     * Starts the script's process, in a session of its own; it does nothing before {@link #runScript} lets it go, and ends
     * by itself when we die before that.
     *
     * @return empty where no script is due: the device has none, or it has reported success already
     */
    Optional<ScriptProcess> prepareScript(Target target, ScriptAction action);

    /** Lets a prepared script go and waits for its end; when it has not ended in time its whole group is ended. */
    void runScript(Target target, ScriptProcess script);

    /** Waits until both ends are connected, but not for ever; gives what xenstore then shows. */
    LiveDevice awaitFrontend(Target target);

    /**
     * Sets {@code online} to 0 and the backend's state to 5, unless it is 6.
     *
     * @return false where there is nothing to close: the backend is gone, or the domain
     */
    boolean closeBackend(Target target);

    /**
     * Waits until the backend is in state 6.
     *
     * @param shared whether the guest was ever seen to share pages; one that never did, and does not now, has nothing to let
     *     go and is not waited for
     * @return false when the time was over
     */
    boolean awaitClosed(Target target, boolean shared);

    /** Deletes the frontend, asks the backend to close, and gives it some time. */
    void forceClose(Target target);

    /**
     * Deletes what is left of the device's nodes, parents that are empty then included, and takes its entry out of the
     * template. Waits first for a script that still runs. What another boot of the host left is gone already.
     *
     * @param replaced the entry to put in its place; null for none
     */
    void removeEntries(Target target, ObjectNode replaced);

    /**
     * Starts the process of xl, in a session of its own; it does nothing before {@link #followXl} lets it go, and ends by
     * itself when we die before that.
     *
     * @param command the program and its arguments
     * @param absent whether the device must not be there
     */
    ScriptProcess prepareXl(Target target, List<String> command, boolean absent);

    /**
     * Lets a prepared xl go, where it is not yet, and waits for a sign of its work, or for its end. One that another process
     * has let go is waited for, too. It is never ended.
     *
     * @throws EffectException when it has failed, with what it said last
     * @throws UnfinishedException when it runs for too long
     */
    XlProgress followXl(Target target, ScriptProcess xl, XlSign sign);

    /** The keys of libxl's own entry of the device; none where it has none. */
    Map<String, String> attributes(Target target);

    /** What xenstore shows of the device now; empty when it is not there. */
    Optional<LiveDevice> look(Target target);
}
