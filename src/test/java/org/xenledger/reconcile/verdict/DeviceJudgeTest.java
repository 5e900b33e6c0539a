// SPDX-License-Identifier: Apache-2.0
package org.xenledger.reconcile.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xenledger.reconcile.verdict.Cases.in;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xenledger.domain.device.LiveCondition;
import org.xenledger.domain.device.Online;
import org.xenledger.domain.state.Origin;
import org.xenledger.domain.state.Phase;

/** The table of verdicts row by row. */
class DeviceJudgeTest {
    @Test
    void row1WhatCannotBeReadIsReportedAlsoWhileAnOwnerLives() {
        var unreadable = in(Phase.ATTACHING).live(LiveCondition.UNREADABLE);
        assertThat(unreadable.verdict()).isEqualTo(DeviceVerdict.UNREADABLE);
        assertThat(unreadable.owner(OwnerStatus.ALIVE).verdict()).isEqualTo(DeviceVerdict.UNREADABLE);
        assertThat(in(Phase.ATTACHED).entry(TemplateEntry.UNREADABLE).verdict()).isEqualTo(DeviceVerdict.UNREADABLE);
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void row2AnOwnerThatMayLiveIsWaitedForAndNamedPastItsDeadline(Phase phase) {
        for (OwnerStatus owner : new OwnerStatus[] {OwnerStatus.ALIVE, OwnerStatus.UNKNOWN}) {
            var owned = in(phase).owner(owner).live(LiveCondition.READY);
            assertThat(owned.verdict()).isEqualTo(DeviceVerdict.WAIT_FOR_OWNER);
            assertThat(owned.pastDeadline().verdict()).isEqualTo(DeviceVerdict.OWNER_PAST_DEADLINE);
        }
    }

    @Test
    void row3AHotplugThatDiedBeforeXenstoreHadItLosesItsEntry() {
        var died = in(Phase.ATTACHING).owner(OwnerStatus.DEAD).live(LiveCondition.ABSENT);
        assertThat(died.verdict()).isEqualTo(DeviceVerdict.DROP_ENTRY);
        assertThat(died.online(Online.NO).verdict()).isEqualTo(DeviceVerdict.DROP_ENTRY);
    }

    @Test
    void row4ARemovalThatBeganWhileItWasPluggedInGoesOnAsARemoval() {
        for (LiveCondition live : new LiveCondition[] {LiveCondition.PARTIAL, LiveCondition.READY}) {
            assertThat(in(Phase.ATTACHING).live(live).online(Online.NO).verdict())
                    .isEqualTo(DeviceVerdict.RESUME_AS_REMOVAL);
        }
        assertThat(in(Phase.ATTACHING).live(LiveCondition.CLOSING).verdict())
                .isEqualTo(DeviceVerdict.RESUME_AS_REMOVAL);
    }

    @Test
    void row5HalfOfADeviceOrAFailedScriptIsRolledBack() {
        assertThat(in(Phase.ATTACHING).live(LiveCondition.PARTIAL).verdict()).isEqualTo(DeviceVerdict.ROLL_BACK);
        assertThat(in(Phase.ATTACHING).live(LiveCondition.SCRIPT_FAILED).verdict())
                .isEqualTo(DeviceVerdict.ROLL_BACK);
    }

    @Test
    void row6AHotplugThatStillNeedsItsBackendOrItsScriptIsResumed() {
        assertThat(in(Phase.ATTACHING).live(LiveCondition.INITIALISING).verdict())
                .isEqualTo(DeviceVerdict.RESUME_HOTPLUG);
        assertThat(in(Phase.ATTACHING).live(LiveCondition.READY).scriptDue().verdict())
                .isEqualTo(DeviceVerdict.RESUME_HOTPLUG);
    }

    @Test
    void row7AHotplugThatIsDoneIsCompletedWithOrWithoutItsEntry() {
        assertThat(in(Phase.ATTACHING).live(LiveCondition.READY).verdict()).isEqualTo(DeviceVerdict.COMPLETE_HOTPLUG);
        assertThat(in(Phase.ATTACHING).scriptDue().entry(TemplateEntry.ABSENT).verdict())
                .isEqualTo(DeviceVerdict.COMPLETE_HOTPLUG);
    }

    @Test
    void row8AnUnplugWhoseDeviceIsGoneIsCompletedAlsoPastItsDeadline() {
        var gone = in(Phase.DETACHING).live(LiveCondition.ABSENT);
        assertThat(gone.verdict()).isEqualTo(DeviceVerdict.COMPLETE_UNPLUG);
        assertThat(gone.pastDeadline().verdict()).isEqualTo(DeviceVerdict.COMPLETE_UNPLUG);
    }

    @Test
    void row9AnUnplugIsResumedUntilItsDeadlineAndThenLeftToTheOperator() {
        assertThat(in(Phase.DETACHING).verdict()).isEqualTo(DeviceVerdict.RESUME_UNPLUG);
        assertThat(in(Phase.DETACHING).pastDeadline().verdict()).isEqualTo(DeviceVerdict.UNPLUG_STUCK);
    }

    @Test
    void rows10And11ADeviceThatIsGoneIsALossWhenOursAndANoteWhenOthers() {
        var gone = in(Phase.ATTACHED).live(LiveCondition.ABSENT);
        assertThat(gone.verdict()).isEqualTo(DeviceVerdict.LOST);
        assertThat(gone.origin(Origin.OTHERS).verdict()).isEqualTo(DeviceVerdict.GONE);
        assertThat(DeviceVerdict.GONE.severity()).isEqualTo(Severity.NOTE);
    }

    @Test
    void row12AnAttachedDeviceWithoutItsEntryIsAFinding() {
        assertThat(in(Phase.ATTACHED).entry(TemplateEntry.ABSENT).verdict()).isEqualTo(DeviceVerdict.ENTRY_MISSING);
    }

    @Test
    void row13AnAttachedDeviceWithAnotherEntryIsANote() {
        assertThat(in(Phase.ATTACHED).entry(TemplateEntry.DIFFERENT).verdict()).isEqualTo(DeviceVerdict.EDITED);
        assertThat(DeviceVerdict.EDITED.severity()).isEqualTo(Severity.NOTE);
    }

    @Test
    void row14AGuestMayLetGoOfItsDevice() {
        for (LiveCondition live : new LiveCondition[] {LiveCondition.CLOSING, LiveCondition.CLOSED}) {
            assertThat(in(Phase.ATTACHED).live(live).pastGrace().verdict()).isEqualTo(DeviceVerdict.GUEST_LET_GO);
        }
        assertThat(DeviceVerdict.GUEST_LET_GO.severity()).isEqualTo(Severity.NOTE);
    }

    @Test
    void row15SomebodysRemovalIsWaitedForAndPastTheGraceIsHalfRemovedOrStuck() {
        var closing = in(Phase.ATTACHED).live(LiveCondition.CLOSING).online(Online.NO);
        assertThat(closing.verdict()).isEqualTo(DeviceVerdict.REMOVAL_UNDER_WAY);
        assertThat(closing.pastGrace().verdict()).isEqualTo(DeviceVerdict.REMOVAL_STUCK);
        assertThat(closing.live(LiveCondition.CONNECTED).pastGrace().verdict()).isEqualTo(DeviceVerdict.REMOVAL_STUCK);
        assertThat(closing.live(LiveCondition.CLOSED).verdict()).isEqualTo(DeviceVerdict.REMOVAL_UNDER_WAY);
        assertThat(closing.live(LiveCondition.CLOSED).pastGrace().verdict()).isEqualTo(DeviceVerdict.HALF_REMOVED);
    }

    @ParameterizedTest
    @EnumSource(names = {"ABSENT", "DIFFERENT"})
    void whatLibxlJsonSaysHidesNothingThatIsWrongWithTheDevice(TemplateEntry entry) {
        var device = in(Phase.ATTACHED).entry(entry).pastGrace();
        assertThat(device.live(LiveCondition.SCRIPT_FAILED).verdict()).isEqualTo(DeviceVerdict.SCRIPT_FAILED);
        assertThat(device.live(LiveCondition.CLOSED).online(Online.NO).verdict())
                .isEqualTo(DeviceVerdict.HALF_REMOVED);
        assertThat(device.live(LiveCondition.PARTIAL).withoutLibxlEntry().verdict())
                .isEqualTo(DeviceVerdict.LIBXL_ENTRY_GONE);
        assertThat(device.live(LiveCondition.READY).verdict())
                .isEqualTo(entry == TemplateEntry.ABSENT ? DeviceVerdict.ENTRY_MISSING : DeviceVerdict.EDITED);
    }

    @Test
    void row16ADeviceWithoutItsFrontendIsANoteAndOneWithAFailedScriptAFinding() {
        assertThat(in(Phase.ATTACHED).live(LiveCondition.READY).verdict()).isEqualTo(DeviceVerdict.NOT_CONNECTED);
        assertThat(DeviceVerdict.NOT_CONNECTED.severity()).isEqualTo(Severity.NOTE);
        assertThat(in(Phase.ATTACHED).live(LiveCondition.SCRIPT_FAILED).verdict())
                .isEqualTo(DeviceVerdict.SCRIPT_FAILED);
    }

    @Test
    void row17ABackendWithoutItsLibxlEntryIsAFindingAlsoWhenSomebodyRemovesIt() {
        var hidden = in(Phase.ATTACHED).live(LiveCondition.PARTIAL).withoutLibxlEntry();
        assertThat(hidden.verdict()).isEqualTo(DeviceVerdict.LIBXL_ENTRY_GONE);
        assertThat(hidden.online(Online.NO).pastGrace().verdict()).isEqualTo(DeviceVerdict.LIBXL_ENTRY_GONE);
    }

    @ParameterizedTest
    @EnumSource(names = {"UNKNOWN", "DETACHED"})
    void row18ADeviceInOrderThatTheLedgerDoesNotHaveIsANote(Phase phase) {
        assertThat(in(phase).verdict()).isEqualTo(DeviceVerdict.NOT_RECORDED);
        assertThat(in(phase).live(LiveCondition.READY).verdict()).isEqualTo(DeviceVerdict.NOT_RECORDED);
    }

    @ParameterizedTest
    @EnumSource(names = {"UNKNOWN", "DETACHED"})
    void row19WhatOthersLeftOtherwiseIsAFinding(Phase phase) {
        assertThat(in(phase).live(LiveCondition.READY).scriptDue().verdict()).isEqualTo(DeviceVerdict.HALF_PLUGGED);
        assertThat(in(phase).live(LiveCondition.SCRIPT_FAILED).verdict()).isEqualTo(DeviceVerdict.HALF_PLUGGED);
        assertThat(in(phase).live(LiveCondition.CLOSING).online(Online.NO).verdict())
                .isEqualTo(DeviceVerdict.HALF_UNPLUGGED);
        assertThat(in(phase).entry(TemplateEntry.ABSENT).verdict()).isEqualTo(DeviceVerdict.UNLISTED);
        assertThat(in(phase).entry(TemplateEntry.DIFFERENT).verdict()).isEqualTo(DeviceVerdict.DISAGREES);
    }

    @ParameterizedTest
    @EnumSource(names = {"UNKNOWN", "DETACHED"})
    void row20WhatOnlyTheTemplateHasIsStaleByDesign(Phase phase) {
        var only = in(phase).live(LiveCondition.ABSENT);
        assertThat(only.verdict()).isEqualTo(DeviceVerdict.STALE_ENTRY);
        assertThat(only.entry(TemplateEntry.ABSENT).verdict()).isEqualTo(DeviceVerdict.IN_ORDER);
    }

    @Test
    void row21OneOfTheTwoPathsAloneIsDebris() {
        assertThat(in(Phase.UNKNOWN).live(LiveCondition.PARTIAL).verdict()).isEqualTo(DeviceVerdict.DEBRIS);
    }

    @ParameterizedTest
    @EnumSource(DeviceVerdict.class)
    void onlyWhatIsInOrderHasNoRow(DeviceVerdict verdict) {
        assertThat(verdict.row() == 0).isEqualTo(verdict.severity() == Severity.IN_ORDER);
        assertThat(verdict.words()).isNotBlank();
    }
}
