// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.state;

import java.time.Instant;
import org.xenledger.domain.Owner;
import org.xenledger.domain.operation.ScriptProcess;
import org.xenledger.domain.operation.Step;

/**
 * One hotplug or unplug of one device.
 *
 * @param actor who asked for it, or who was seen to be the author
 * @param owner the process that carries it out; null for others' operations
 * @param step the name of its last event
 * @param due where our own stands, and so what it does next; null for others'
 * @param script the process of its last hotplug script; null while there was none
 * @param deadline when its owner gives up; null where nobody set one
 * @param ended when it ended; null while it is open
 * @param reason why it failed, was rolled back or timed out; empty otherwise
 */
public record OperationState(
        String id,
        Direction direction,
        Origin origin,
        String actor,
        Owner owner,
        Outcome outcome,
        String step,
        Step due,
        ScriptProcess script,
        Instant started,
        Instant deadline,
        Instant ended,
        String reason) {
    /** What it does to the device. */
    public enum Direction {
        HOTPLUG,
        UNPLUG
    }

    /** How it ended. */
    public enum Outcome {
        OPEN,
        COMPLETED,
        FAILED,
        ROLLED_BACK,
        TIMED_OUT
    }

    public boolean open() {
        return outcome == Outcome.OPEN;
    }

    OperationState stepped(String newStep, Step newDue) {
        return with(owner, outcome, newStep, newDue, deadline, ended, reason);
    }

    OperationState ended(String newStep, Step newDue, Outcome newOutcome, Instant at, String why) {
        return with(owner, newOutcome, newStep, newDue, deadline, at, why);
    }

    OperationState failing(String newStep, Step newDue, String why) {
        return with(owner, outcome, newStep, newDue, deadline, ended, why);
    }

    OperationState resumed(Owner newOwner, String newStep, Step newDue, Instant newDeadline) {
        return with(newOwner, Outcome.OPEN, newStep, newDue, newDeadline, null, reason);
    }

    OperationState withScript(ScriptProcess newScript) {
        return new OperationState(
                id, direction, origin, actor, owner, outcome, step, due, newScript, started, deadline, ended, reason);
    }

    private OperationState with(
            Owner newOwner,
            Outcome newOutcome,
            String newStep,
            Step newDue,
            Instant newDeadline,
            Instant newEnded,
            String newReason) {
        return new OperationState(
                id,
                direction,
                origin,
                actor,
                newOwner,
                newOutcome,
                newStep,
                newDue,
                script,
                started,
                newDeadline,
                newEnded,
                newReason);
    }
}
