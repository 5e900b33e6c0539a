// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.xenledger.domain.state.History.DISK;
import static org.xenledger.domain.state.History.LIFE;
import static org.xenledger.domain.state.History.OP;
import static org.xenledger.domain.state.History.OTHER_OP;
import static org.xenledger.domain.state.History.at;
import static org.xenledger.domain.state.History.disk;
import static org.xenledger.domain.state.History.fold;
import static org.xenledger.domain.state.History.hotplugStarted;
import static org.xenledger.domain.state.History.running;
import static org.xenledger.domain.state.History.unplugStarted;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.xenledger.domain.Owner;
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
import org.xenledger.domain.event.OperationEvent.OperationResumed;
import org.xenledger.domain.event.UnplugEvent.BackendClosing;
import org.xenledger.domain.event.UnplugEvent.DeviceClosed;
import org.xenledger.domain.event.UnplugEvent.EntriesRemoved;
import org.xenledger.domain.event.UnplugEvent.RemovalScriptRun;
import org.xenledger.domain.event.UnplugEvent.RemovalScriptStarted;
import org.xenledger.domain.event.UnplugEvent.UnplugCompleted;
import org.xenledger.domain.event.UnplugEvent.UnplugForced;
import org.xenledger.domain.event.UnplugEvent.UnplugTimedOut;
import org.xenledger.domain.operation.ScriptProcess;
import org.xenledger.domain.operation.Step;
import org.xenledger.domain.state.OperationState.Direction;
import org.xenledger.domain.state.OperationState.Outcome;

class OwnOperationsTest {
    private static final ScriptProcess SCRIPT =
            new ScriptProcess(List.of("/etc/xen/scripts/block", "add"), 4712, 98800);

    @Test
    void anIntentToPlugMakesTheDeviceOursAndAttaching() {
        DeviceState disk = disk(fold(running(), hotplugStarted()));
        assertStands(disk, Phase.ATTACHING, Outcome.OPEN, "HotplugStarted");
        assertThat(disk.origin()).isEqualTo(Origin.OURS);
        assertThat(disk.live()).isNull();
        assertThat(disk.entry()).isEqualTo(History.ENTRY);
        assertThat(disk.operation().direction()).isEqualTo(Direction.HOTPLUG);
        assertThat(disk.operation().owner()).isEqualTo(History.OWNER);
        assertThat(disk.operation().deadline()).isEqualTo(History.DEADLINE);
        assertThat(disk.operation().actor()).isEqualTo("alice");
    }

    @Test
    void theStepsOfAHotplugLeaveItOpenAndItsEndAttachesTheDevice() {
        DomainState state = fold(
                running(),
                hotplugStarted(),
                new HotplugEntriesWritten(at(3), OP, LIFE, DISK),
                new BackendReady(at(4), OP, LIFE, DISK),
                new ScriptStarted(at(5), OP, LIFE, DISK, SCRIPT),
                new ScriptSucceeded(at(6), OP, LIFE, DISK),
                new FrontendConnected(at(7), OP, LIFE, DISK));
        assertStands(disk(state), Phase.ATTACHING, Outcome.OPEN, "FrontendConnected");
        assertThat(state.version()).isEqualTo(8);

        DeviceState attached = disk(fold(state, new HotplugCompleted(at(8), OP, LIFE, DISK, History.CONNECTED)));
        assertStands(attached, Phase.ATTACHED, Outcome.COMPLETED, "HotplugCompleted");
        assertThat(attached.operation().started()).isEqualTo(at(2).at());
        assertThat(attached.operation().ended()).isEqualTo(at(8).at());
    }

    @Test
    void aFailedHotplugIsOpenAndAttachingUntilItIsTakenBack() {
        DomainState failed = fold(
                running(),
                hotplugStarted(),
                new HotplugEntriesWritten(at(3), OP, LIFE, DISK),
                new BackendReady(at(4), OP, LIFE, DISK),
                new ScriptStarted(at(5), OP, LIFE, DISK, SCRIPT),
                new ScriptFailed(at(5), OP, LIFE, DISK, "no such device"),
                new HotplugFailed(at(6), OP, LIFE, DISK, "script", "no such device"));
        assertStands(disk(failed), Phase.ATTACHING, Outcome.OPEN, "HotplugFailed");
        assertThat(disk(failed).operation().reason()).isEqualTo("no such device");
        assertThat(disk(failed).operation().due()).isEqualTo(Step.GIVEN_UP);

        DeviceState rolledBack = disk(fold(failed, new HotplugRolledBack(at(9), OP, LIFE, DISK, "script failed")));
        assertStands(rolledBack, Phase.DETACHED, Outcome.ROLLED_BACK, "HotplugRolledBack");
        assertThat(rolledBack.live()).isNull();
        assertThat(rolledBack.since()).isEqualTo(at(9).at());
        assertThat(rolledBack.operation().reason()).isEqualTo("script failed");
    }

    @Test
    void aHotplugGivenUpMayCompleteLate() {
        DeviceState disk = disk(fold(
                running(),
                hotplugStarted(),
                new HotplugFailed(at(12), OP, LIFE, DISK, "backend", "still initialising"),
                new HotplugCompletedLate(at(60), OP, LIFE, DISK, History.CONNECTED)));
        assertStands(disk, Phase.ATTACHED, Outcome.COMPLETED, "HotplugCompletedLate");
        assertThat(disk.operation().reason()).isEmpty();
        assertThat(disk.operation().ended()).isEqualTo(at(60).at());
        assertThat(disk.live()).isEqualTo(History.CONNECTED);
    }

    @Test
    void ourOwnHotplugIsMovedByItsOwnEventsAndNotByWhatIsSeen() {
        DomainState state =
                fold(running(), hotplugStarted(), History.changed(5, OP, History.INITIALISING, History.CONNECTED));
        assertStands(disk(state), Phase.ATTACHING, Outcome.OPEN, "HotplugStarted");
        assertThat(disk(state).live()).isEqualTo(History.CONNECTED);
    }

    @Test
    void whatTheIntentWritesIntoLibxlsEntryIsKnownFromThenOn() {
        assertThat(disk(fold(running(), hotplugStarted())).attributes()).isEqualTo(Map.of("params", "/dev/vg/b"));
    }

    @Test
    void aStepThatCannotFollowIsADamagedHistory() {
        assertThatIllegalStateException()
                .isThrownBy(() -> fold(running(), hotplugStarted(), new ScriptSucceeded(at(3), OP, LIFE, DISK)))
                .withMessageContaining("ScriptSucceeded of vbd/51728 cannot follow");
    }

    @Test
    void aStepOfAnotherOperationIsADamagedHistory() {
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> fold(running(), hotplugStarted(), new HotplugEntriesWritten(at(3), OTHER_OP, LIFE, DISK)))
                .withMessageContaining("not the last of vbd/51728");
    }

    @Test
    void anOperationTakenOverGoesOnWhereTheEventSays() {
        Owner heir = new Owner(History.HOST, 815, 1234);
        DeviceState disk = disk(fold(
                running(),
                hotplugStarted(),
                new OperationResumed(
                        at(50), OP, LIFE, DISK, heir, Step.BACKEND_AWAITED, "its owner is dead", at(90).at())));
        assertStands(disk, Phase.ATTACHING, Outcome.OPEN, "OperationResumed");
        assertThat(disk.operation().due()).isEqualTo(Step.BACKEND_AWAITED);
        assertThat(disk.operation().owner()).isEqualTo(heir);
        assertThat(disk.operation().deadline()).isEqualTo(at(90).at());
    }

    @Test
    void theStepsOfAnUnplugLeaveItOpenAndItsEndDetachesTheDevice() {
        DomainState state = fold(
                attached(),
                unplugStarted(OTHER_OP),
                new BackendClosing(at(21), OTHER_OP, LIFE, DISK),
                new DeviceClosed(at(22), OTHER_OP, LIFE, DISK),
                new RemovalScriptRun(at(23), OTHER_OP, LIFE, DISK, ""),
                new EntriesRemoved(at(24), OTHER_OP, LIFE, DISK));
        assertStands(disk(state), Phase.DETACHING, Outcome.OPEN, "EntriesRemoved");
        assertThat(disk(state).operation().id()).isEqualTo(OTHER_OP);
        assertThat(disk(state).operation().direction()).isEqualTo(Direction.UNPLUG);

        DeviceState detached = disk(fold(state, new UnplugCompleted(at(25), OTHER_OP, LIFE, DISK)));
        assertStands(detached, Phase.DETACHED, Outcome.COMPLETED, "UnplugCompleted");
        assertThat(detached.live()).isNull();
    }

    @Test
    void anUnplugThatTimedOutIsStillDetachingAndGoesOnByForce() {
        DomainState timedOut = fold(
                attached(),
                unplugStarted(OTHER_OP),
                new BackendClosing(at(21), OTHER_OP, LIFE, DISK),
                new UnplugTimedOut(at(30), OTHER_OP, LIFE, DISK, "the frontend"));
        assertStands(disk(timedOut), Phase.DETACHING, Outcome.TIMED_OUT, "UnplugTimedOut");
        assertThat(disk(timedOut).operation().reason()).isEqualTo("the frontend");

        DomainState forced = fold(
                timedOut,
                new OperationResumed(
                        at(31), OTHER_OP, LIFE, DISK, History.OWNER, Step.FORCING, "by force", at(60).at()),
                new UnplugForced(at(32), OTHER_OP, LIFE, DISK),
                new RemovalScriptStarted(at(33), OTHER_OP, LIFE, DISK, SCRIPT));
        assertStands(disk(forced), Phase.DETACHING, Outcome.OPEN, "RemovalScriptStarted");
        DeviceState detached = disk(fold(
                forced,
                new RemovalScriptRun(at(34), OTHER_OP, LIFE, DISK, ""),
                new EntriesRemoved(at(35), OTHER_OP, LIFE, DISK),
                new UnplugCompleted(at(36), OTHER_OP, LIFE, DISK)));
        assertStands(detached, Phase.DETACHED, Outcome.COMPLETED, "UnplugCompleted");
    }

    @Test
    void aDeviceThatTheLedgerNeverSawCanBeUnplugged() {
        DeviceState disk = disk(fold(running(), unplugStarted(OP)));
        assertStands(disk, Phase.DETACHING, Outcome.OPEN, "UnplugStarted");
        assertThat(disk.origin()).isEqualTo(Origin.OURS);
    }

    private static DomainState attached() {
        return fold(
                running(),
                hotplugStarted(),
                new HotplugEntriesWritten(at(3), OP, LIFE, DISK),
                new BackendReady(at(4), OP, LIFE, DISK),
                new ScriptSucceeded(at(6), OP, LIFE, DISK),
                new HotplugCompleted(at(8), OP, LIFE, DISK, History.CONNECTED));
    }

    private static void assertStands(DeviceState device, Phase phase, Outcome outcome, String step) {
        assertThat(device.phase()).isEqualTo(phase);
        assertThat(device.operation().outcome()).isEqualTo(outcome);
        assertThat(device.operation().step()).isEqualTo(step);
        assertThat(device.operation().open()).isEqualTo(device.operation().ended() == null);
    }
}
