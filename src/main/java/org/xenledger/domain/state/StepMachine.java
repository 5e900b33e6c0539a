// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.state;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.xenledger.domain.event.DeviceEvent;
import org.xenledger.domain.event.HotplugEvent.BackendReady;
import org.xenledger.domain.event.HotplugEvent.FrontendConnected;
import org.xenledger.domain.event.HotplugEvent.HotplugCompleted;
import org.xenledger.domain.event.HotplugEvent.HotplugCompletedLate;
import org.xenledger.domain.event.HotplugEvent.HotplugEntriesWritten;
import org.xenledger.domain.event.HotplugEvent.HotplugFailed;
import org.xenledger.domain.event.HotplugEvent.HotplugRolledBack;
import org.xenledger.domain.event.HotplugEvent.ScriptFailed;
import org.xenledger.domain.event.HotplugEvent.ScriptStarted;
import org.xenledger.domain.event.HotplugEvent.ScriptSucceeded;
import org.xenledger.domain.event.UnplugEvent.BackendClosing;
import org.xenledger.domain.event.UnplugEvent.DeviceClosed;
import org.xenledger.domain.event.UnplugEvent.EntriesRemoved;
import org.xenledger.domain.event.UnplugEvent.RemovalScriptRun;
import org.xenledger.domain.event.UnplugEvent.RemovalScriptStarted;
import org.xenledger.domain.event.UnplugEvent.UnplugCompleted;
import org.xenledger.domain.event.UnplugEvent.UnplugForced;
import org.xenledger.domain.event.UnplugEvent.UnplugTimedOut;
import org.xenledger.domain.event.XlEvent.XlChosen;
import org.xenledger.domain.event.XlEvent.XlEnded;
import org.xenledger.domain.event.XlEvent.XlStarted;
import org.xenledger.domain.event.XlEvent.XlSucceeded;
import org.xenledger.domain.event.XlEvent.XlWroteEntries;
import org.xenledger.domain.operation.Step;
import org.xenledger.domain.state.OperationState.Direction;

/**
 * The machines of hotplug and unplug as tables: in a state, an event leads to another state, whose effect is then due. A
 * hotplug that failed goes back by the rows of a removal. An {@code OperationResumed} leads from any state to the one that
 * it names.
 */
public final class StepMachine {
    /** One transition. */
    public record Row(Step state, Class<? extends DeviceEvent> event, Step next) {}

    private static final List<Row> REMOVAL = List.of(
            new Row(Step.CLOSING, DeviceClosed.class, Step.REMOVAL_SCRIPT_DUE),
            new Row(Step.CLOSING, UnplugTimedOut.class, Step.TIMED_OUT),
            new Row(Step.FORCING, UnplugForced.class, Step.REMOVAL_SCRIPT_DUE),
            new Row(Step.FORCING, UnplugTimedOut.class, Step.TIMED_OUT),
            new Row(Step.REMOVAL_SCRIPT_DUE, RemovalScriptStarted.class, Step.REMOVAL_SCRIPT_RUNNING),
            new Row(Step.REMOVAL_SCRIPT_DUE, RemovalScriptRun.class, Step.REMOVING),
            new Row(Step.REMOVAL_SCRIPT_RUNNING, RemovalScriptRun.class, Step.REMOVING),
            new Row(Step.REMOVING, EntriesRemoved.class, Step.REMOVED),
            new Row(Step.REMOVING, UnplugTimedOut.class, Step.TIMED_OUT));

    private static final List<Row> HOTPLUG = rows(
            new Row(Step.WRITING, HotplugEntriesWritten.class, Step.BACKEND_AWAITED),
            new Row(Step.WRITING, HotplugFailed.class, Step.GIVEN_UP),
            new Row(Step.BACKEND_AWAITED, BackendReady.class, Step.SCRIPT_DUE),
            new Row(Step.BACKEND_AWAITED, HotplugFailed.class, Step.GIVEN_UP),
            new Row(Step.SCRIPT_DUE, ScriptStarted.class, Step.SCRIPT_RUNNING),
            new Row(Step.SCRIPT_DUE, ScriptSucceeded.class, Step.FRONTEND_AWAITED),
            new Row(Step.SCRIPT_DUE, HotplugFailed.class, Step.GIVEN_UP),
            new Row(Step.SCRIPT_RUNNING, ScriptSucceeded.class, Step.FRONTEND_AWAITED),
            new Row(Step.SCRIPT_RUNNING, ScriptFailed.class, Step.SCRIPT_FAILED),
            new Row(Step.SCRIPT_FAILED, HotplugFailed.class, Step.GIVEN_UP),
            new Row(Step.FRONTEND_AWAITED, FrontendConnected.class, Step.CONNECTED),
            new Row(Step.FRONTEND_AWAITED, HotplugCompleted.class, Step.PLUGGED),
            new Row(Step.FRONTEND_AWAITED, HotplugFailed.class, Step.GIVEN_UP),
            new Row(Step.CONNECTED, HotplugCompleted.class, Step.PLUGGED),
            new Row(Step.GIVEN_UP, HotplugCompletedLate.class, Step.PLUGGED),
            new Row(Step.GIVEN_UP, HotplugRolledBack.class, Step.TAKEN_BACK),
            new Row(Step.GIVEN_UP, BackendClosing.class, Step.CLOSING),
            new Row(Step.GIVEN_UP, DeviceClosed.class, Step.REMOVAL_SCRIPT_DUE),
            new Row(Step.GIVEN_UP, UnplugTimedOut.class, Step.TIMED_OUT),
            new Row(Step.REMOVED, HotplugRolledBack.class, Step.TAKEN_BACK),
            new Row(Step.WRITING, XlChosen.class, Step.XL_DUE),
            new Row(Step.XL_DUE, XlStarted.class, Step.XL_RUNNING),
            new Row(Step.XL_DUE, HotplugFailed.class, Step.GIVEN_UP),
            new Row(Step.XL_RUNNING, XlWroteEntries.class, Step.XL_WRITTEN),
            new Row(Step.XL_RUNNING, XlSucceeded.class, Step.FRONTEND_AWAITED),
            new Row(Step.XL_RUNNING, XlEnded.class, Step.BACKEND_AWAITED),
            new Row(Step.XL_RUNNING, HotplugFailed.class, Step.GIVEN_UP),
            new Row(Step.XL_WRITTEN, BackendReady.class, Step.XL_ENDING),
            new Row(Step.XL_WRITTEN, XlSucceeded.class, Step.FRONTEND_AWAITED),
            new Row(Step.XL_WRITTEN, XlEnded.class, Step.BACKEND_AWAITED),
            new Row(Step.XL_WRITTEN, HotplugFailed.class, Step.GIVEN_UP),
            new Row(Step.XL_ENDING, XlSucceeded.class, Step.FRONTEND_AWAITED),
            new Row(Step.XL_ENDING, XlEnded.class, Step.BACKEND_AWAITED),
            new Row(Step.XL_ENDING, HotplugFailed.class, Step.GIVEN_UP));

    private static final List<Row> UNPLUG = rows(
            new Row(Step.CLOSE_DUE, BackendClosing.class, Step.CLOSING),
            new Row(Step.CLOSE_DUE, DeviceClosed.class, Step.REMOVAL_SCRIPT_DUE),
            new Row(Step.CLOSE_DUE, UnplugTimedOut.class, Step.TIMED_OUT),
            new Row(Step.REMOVED, UnplugCompleted.class, Step.UNPLUGGED),
            new Row(Step.CLOSE_DUE, XlChosen.class, Step.XL_DUE),
            new Row(Step.FORCING, XlChosen.class, Step.XL_DUE),
            new Row(Step.XL_DUE, XlStarted.class, Step.XL_RUNNING),
            new Row(Step.XL_DUE, UnplugTimedOut.class, Step.TIMED_OUT),
            new Row(Step.XL_RUNNING, BackendClosing.class, Step.XL_CLOSING),
            new Row(Step.XL_RUNNING, XlSucceeded.class, Step.REMOVING),
            new Row(Step.XL_RUNNING, XlEnded.class, Step.CLOSE_DUE),
            new Row(Step.XL_RUNNING, UnplugTimedOut.class, Step.TIMED_OUT),
            new Row(Step.XL_CLOSING, DeviceClosed.class, Step.XL_ENDING),
            new Row(Step.XL_CLOSING, XlSucceeded.class, Step.REMOVING),
            new Row(Step.XL_CLOSING, XlEnded.class, Step.CLOSE_DUE),
            new Row(Step.XL_CLOSING, UnplugTimedOut.class, Step.TIMED_OUT),
            new Row(Step.XL_ENDING, XlSucceeded.class, Step.REMOVING),
            new Row(Step.XL_ENDING, XlEnded.class, Step.CLOSE_DUE),
            new Row(Step.XL_ENDING, UnplugTimedOut.class, Step.TIMED_OUT));

    private StepMachine() {}

    /** All rows of one machine. */
    public static List<Row> of(Direction direction) {
        return direction == Direction.HOTPLUG ? HOTPLUG : UNPLUG;
    }

    /** Where an event leads; empty where the table does not have it. */
    public static Optional<Step> next(Direction direction, Step state, Class<? extends DeviceEvent> event) {
        return of(direction).stream()
                .filter(row -> row.state() == state && row.event() == event)
                .map(Row::next)
                .findFirst();
    }

    private static List<Row> rows(Row... own) {
        return Stream.concat(Stream.of(own), REMOVAL.stream()).toList();
    }
}
