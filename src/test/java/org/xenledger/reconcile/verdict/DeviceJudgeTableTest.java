// SPDX-License-Identifier: Apache-2.0
package org.xenledger.reconcile.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.xenledger.Approved;
import org.xenledger.domain.device.LiveCondition;
import org.xenledger.domain.device.Online;
import org.xenledger.domain.state.Phase;

/** What holds for every case there is. */
class DeviceJudgeTableTest {
    private static final List<DeviceCase> ALL = Cases.all();
    private static final Set<DeviceVerdict> TAKE_AWAY = EnumSet.of(
            DeviceVerdict.DROP_ENTRY,
            DeviceVerdict.RESUME_AS_REMOVAL,
            DeviceVerdict.ROLL_BACK,
            DeviceVerdict.COMPLETE_UNPLUG,
            DeviceVerdict.RESUME_UNPLUG,
            DeviceVerdict.UNPLUG_STUCK,
            DeviceVerdict.LOST,
            DeviceVerdict.HALF_REMOVED,
            DeviceVerdict.REMOVAL_STUCK,
            DeviceVerdict.HALF_UNPLUGGED,
            DeviceVerdict.DEBRIS);
    private static final Set<DeviceVerdict> PLUG_IN =
            EnumSet.of(DeviceVerdict.RESUME_HOTPLUG, DeviceVerdict.COMPLETE_HOTPLUG, DeviceVerdict.ENTRY_MISSING);
    private static final Set<DeviceVerdict> OF_AN_OWNER =
            EnumSet.of(DeviceVerdict.WAIT_FOR_OWNER, DeviceVerdict.OWNER_PAST_DEADLINE);

    @Test
    void everyCaseHasAVerdict() {
        assertThat(ALL).hasSize(5 * 2 * 4 * 9 * 3 * 4 * 16).doesNotHaveDuplicates();
        assertThat(ALL).allSatisfy(c -> assertThat(DeviceJudge.judge(c)).isNotNull());
    }

    @Test
    void everyVerdictIsSomeCases() {
        assertThat(ALL.stream().map(DeviceJudge::judge).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(DeviceVerdict.values());
    }

    @Test
    void everyVerdictIsThatOfTheFirstRowThatFits() {
        assertThat(ALL).allSatisfy(c -> assertThat(DeviceJudge.judge(c)).isEqualTo(DesignTable.verdict(c)));
    }

    @Test
    void theVerdictsAreTheApprovedOnes() throws IOException {
        Approved.compare("src/test/resources/expected/device-verdicts.txt", VerdictTree.lines(ALL));
    }

    @Test
    void theLinesOfTheApprovedFileCoverEveryCaseOnce() {
        List<String> lines = VerdictTree.lines(ALL);
        for (int i = 0; i < ALL.size(); i += 7) {
            DeviceCase c = ALL.get(i);
            assertThat(VerdictTree.verdicts(lines, c))
                    .as("%s", c)
                    .containsExactly(DeviceJudge.judge(c).name());
        }
    }

    @Test
    void whatCannotBeReadIsAlwaysSaidToBeUnreadable() {
        assertThat(ALL)
                .filteredOn(c -> c.live() == LiveCondition.UNREADABLE || c.entry() == TemplateEntry.UNREADABLE)
                .allSatisfy(c -> assertThat(DeviceJudge.judge(c)).isEqualTo(DeviceVerdict.UNREADABLE));
    }

    @Test
    void anOwnerThatMayLiveIsNeverActedAgainst() {
        assertThat(ALL)
                .filteredOn(c -> c.owner() == OwnerStatus.ALIVE || c.owner() == OwnerStatus.UNKNOWN)
                .allSatisfy(c -> assertThat(DeviceJudge.judge(c))
                        .isIn(
                                DeviceVerdict.WAIT_FOR_OWNER,
                                DeviceVerdict.OWNER_PAST_DEADLINE,
                                DeviceVerdict.UNREADABLE));
        assertThat(ALL)
                .filteredOn(c -> c.owner() == OwnerStatus.NONE || c.owner() == OwnerStatus.DEAD)
                .allSatisfy(c -> assertThat(DeviceJudge.judge(c)).isNotIn(OF_AN_OWNER));
    }

    @Test
    void noNoteHidesThatAnAttachedDeviceHasFailedOrIsHalfGone() {
        assertThat(ALL)
                .filteredOn(c -> c.phase() == Phase.ATTACHED && c.owner() != OwnerStatus.ALIVE)
                .filteredOn(c -> c.owner() != OwnerStatus.UNKNOWN && (c.online() != Online.NO || c.pastGrace()))
                .filteredOn(c -> c.live() == LiveCondition.SCRIPT_FAILED
                        || c.live() == LiveCondition.PARTIAL
                        || (c.online() == Online.NO && c.live() != LiveCondition.ABSENT))
                .allSatisfy(c -> assertThat(DeviceJudge.judge(c).severity()).isEqualTo(Severity.FINDING));
    }

    @Test
    void nothingTakesAwayADeviceThatIsAttachedConnectedAndWanted() {
        assertThat(ALL)
                .filteredOn(c -> c.phase() == Phase.ATTACHED)
                .filteredOn(c -> c.live() == LiveCondition.CONNECTED && c.online() == Online.YES)
                .allSatisfy(c -> assertThat(DeviceJudge.judge(c)).isNotIn(TAKE_AWAY));
    }

    @Test
    void nothingPlugsInADeviceThatIsBeingDetached() {
        assertThat(ALL)
                .filteredOn(c -> c.phase() == Phase.DETACHING)
                .allSatisfy(c -> assertThat(DeviceJudge.judge(c)).isNotIn(PLUG_IN));
    }

    @Test
    void nothingGoesOnPluggingInADeviceThatIsToGo() {
        assertThat(ALL)
                .filteredOn(c -> c.online() == Online.NO)
                .allSatisfy(c -> assertThat(DeviceJudge.judge(c))
                        .isNotIn(DeviceVerdict.RESUME_HOTPLUG, DeviceVerdict.COMPLETE_HOTPLUG));
    }

    @Test
    void onlyAnIntentOfOursIsResumedCompletedOrRolledBack() {
        Set<DeviceVerdict> ours = EnumSet.range(DeviceVerdict.DROP_ENTRY, DeviceVerdict.UNPLUG_STUCK);
        assertThat(ALL)
                .filteredOn(c -> c.phase() != Phase.ATTACHING && c.phase() != Phase.DETACHING)
                .allSatisfy(c -> assertThat(DeviceJudge.judge(c)).isNotIn(ours));
    }
}
