// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.state;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
 * @param xl the command line of the xl that carries it out; empty where we do so ourselves
 * @param script the process of its last hotplug script, or of xl; null while there was none
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
        List<String> xl,
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

    /** The process of the xl that carries it out, as an owner's; empty while there is none, or where we do so ourselves. */
    public Optional<Owner> xlProcess() {
        return Optional.ofNullable(script)
                .filter(process -> process.command().equals(xl))
                .map(process -> new Owner(owner.host(), process.pid(), process.processStart()));
    }

    OperationState withScript(ScriptProcess newScript) {
        return with(xl, newScript);
    }

    OperationState withXl(List<String> command) {
        return with(command, script);
    }

    private OperationState with(List<String> newXl, ScriptProcess newScript) {
        return new OperationState(
                id, direction, origin, actor, owner, outcome, step, due, newXl, newScript, started, deadline, ended,
                reason);
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
                xl,
                script,
                started,
                newDeadline,
                newEnded,
                newReason);
    }
}
