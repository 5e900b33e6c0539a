// SPDX-License-Identifier: Apache-2.0
package org.xenledger.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xenledger.domain.view.Views.CLOSED;
import static org.xenledger.domain.view.Views.CLOSING;
import static org.xenledger.domain.view.Views.CONNECTED;
import static org.xenledger.domain.view.Views.HALF_PLUGGED;
import static org.xenledger.domain.view.Views.LIFE;
import static org.xenledger.domain.view.Views.NOON;
import static org.xenledger.domain.view.Views.SECOND_DISK;
import static org.xenledger.domain.view.Views.by;
import static org.xenledger.domain.view.Views.disk;
import static org.xenledger.domain.view.Views.domain;
import static org.xenledger.domain.view.Views.liveView;
import static org.xenledger.domain.view.Views.nic;
import static org.xenledger.domain.view.Views.secondDisk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xenledger.domain.Owner;
import org.xenledger.domain.Provenance;
import org.xenledger.domain.device.LiveDevice;
import org.xenledger.domain.device.Online;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.domain.event.HotplugEvent.HotplugEntriesWritten;
import org.xenledger.domain.event.HotplugEvent.HotplugFailed;
import org.xenledger.domain.event.HotplugEvent.HotplugStarted;
import org.xenledger.domain.event.LifecycleEvent.DomainStopped;
import org.xenledger.domain.event.StopReason;
import org.xenledger.domain.event.UnplugEvent.BackendClosing;
import org.xenledger.domain.event.UnplugEvent.DeviceClosed;
import org.xenledger.domain.event.UnplugEvent.RemovalScriptRun;
import org.xenledger.domain.event.UnplugEvent.UnplugStarted;
import org.xenledger.domain.event.UnplugEvent.UnplugTimedOut;
import org.xenledger.domain.event.XlEvent.XlChosen;
import org.xenledger.domain.event.XlEvent.XlStarted;
import org.xenledger.domain.operation.ScriptProcess;
import org.xenledger.domain.operation.Step;
import org.xenledger.domain.state.StepMachine;
import org.xenledger.domain.template.DeviceEntries;
import org.xenledger.domain.view.DomainView;
import org.xenledger.domain.view.SeenDevice;
import org.xenledger.domain.view.TemplateView;
import org.xenledger.domain.view.Views;
import org.xenledger.reconcile.verdict.OwnerStatus;

class ResumptionsTest {
    private static final String OP = "op-1";
    private static final Instant LATER = NOON.plusSeconds(3600);
    private static final Owner OWNER = new Owner(Views.HOST, 4711, 98765);
    private static final Owners DEAD = owner -> OwnerStatus.DEAD;
    private static final Owners XL_LIVES = owner -> owner.pid() == 4712 ? OwnerStatus.ALIVE : OwnerStatus.DEAD;
    private static final LiveDevice GIVEN_BACK = CLOSED;

    @Test
    void aHotplugGoesOnWhereTheWorldShowsThatItStands() {
        assertThat(step(hotplug())).isEqualTo(Step.REMOVING);
        assertThat(step(hotplug(), HALF_PLUGGED)).isEqualTo(Step.WRITING);
        assertThat(step(hotplug(), Views.SCRIPT_FAILED)).isEqualTo(Step.WRITING);
        assertThat(step(hotplug(), CLOSING)).isEqualTo(Step.WRITING);
        assertThat(step(written(), HALF_PLUGGED)).isEqualTo(Step.BACKEND_AWAITED);
        assertThat(step(written(), Views.SCRIPT_FAILED)).isEqualTo(Step.GIVEN_UP);
        assertThat(step(written(), CLOSING)).isEqualTo(Step.GIVEN_UP);
        assertThat(step(written(), Views.WITHOUT_BACKEND)).isEqualTo(Step.GIVEN_UP);
    }

    @Test
    void whatWorksIsCompletedAndItsMissingEntryIsWritten() {
        assertThat(step(written(), CONNECTED)).isEqualTo(Step.WRITING);
        assertThat(resumption(written(), withEntry(secondDisk(CONNECTED))).step())
                .isEqualTo(Step.FRONTEND_AWAITED);
    }

    @Test
    void whatWasGivenUpIsNotTriedAgain() {
        List<DomainEvent> failed = written();
        failed.add(new HotplugFailed(at(3), OP, LIFE, SECOND_DISK, "x", "slow"));
        assertThat(step(failed, HALF_PLUGGED)).isEqualTo(Step.GIVEN_UP);
        assertThat(step(failed, CONNECTED)).isEqualTo(Step.GIVEN_UP);
    }

    @Test
    void anUnplugGoesOnWhereTheWorldShowsThatItStandsHoweverLateItIs() {
        assertThat(step(unplug(false), CONNECTED)).isEqualTo(Step.CLOSE_DUE);
        assertThat(step(unplug(false), CLOSING)).isEqualTo(Step.CLOSE_DUE);
        assertThat(step(unplug(false), GIVEN_BACK)).isEqualTo(Step.REMOVAL_SCRIPT_DUE);
        assertThat(step(unplug(true), CONNECTED)).isEqualTo(Step.FORCING);
        assertThat(step(unplug(false))).isEqualTo(Step.REMOVING);
    }

    @Test
    void aRemovalScriptThatHasRunIsNotRunAgain() {
        List<DomainEvent> run = unplug(false);
        run.add(new BackendClosing(at(21), OP, LIFE, SECOND_DISK));
        run.add(new DeviceClosed(at(22), OP, LIFE, SECOND_DISK));
        assertThat(step(run, CLOSING)).isEqualTo(Step.REMOVAL_SCRIPT_DUE);
        run.add(new RemovalScriptRun(at(23), OP, LIFE, SECOND_DISK, ""));
        assertThat(step(run, GIVEN_BACK)).isEqualTo(Step.REMOVING);
    }

    @Test
    void whatIsWantedAgainAfterItWasClosedIsOthers() {
        List<DomainEvent> closing = unplug(false);
        closing.add(new BackendClosing(at(21), OP, LIFE, SECOND_DISK));
        assertThat(step(closing, CONNECTED)).as("the step that refuses it").isEqualTo(Step.REMOVING);
        closing.add(new UnplugTimedOut(at(22), OP, LIFE, SECOND_DISK, "it is wanted again"));
        assertThat(of(closing, DEAD, true, guest(secondDisk(CONNECTED)))).isEmpty();
    }

    /** What no row leads on from would never end. */
    @Test
    void everyStepThatIsGivenHasARowInItsMachine() {
        List<DomainEvent> stuck = written();
        stuck.add(new HotplugFailed(at(3), OP, LIFE, SECOND_DISK, "x", "slow"));
        stuck.add(new UnplugTimedOut(at(4), OP, LIFE, SECOND_DISK, "the store is gone"));
        for (LiveDevice live : List.of(GIVEN_BACK, Views.with(CLOSED, Online.ABSENT))) {
            of(stuck, DEAD, true, guest(secondDisk(live)))
                    .forEach(resumption -> assertThat(
                                    StepMachine.of(resumption.operation().direction()))
                            .anyMatch(row -> row.state() == resumption.step()));
        }
        assertThat(step(stuck, Views.with(CLOSED, Online.ABSENT))).isEqualTo(Step.GIVEN_UP);
    }

    @Test
    void aRemovalThatTimedOutGoesOnWhenTheGuestLetsGoOrByForce() {
        List<DomainEvent> stuck = unplug(false);
        stuck.add(new UnplugTimedOut(at(21), OP, LIFE, SECOND_DISK, "the guest"));
        assertThat(of(stuck, DEAD, false, guest(secondDisk(CLOSING)))).isEmpty();
        assertThat(of(stuck, DEAD, true, guest(secondDisk(CLOSING))))
                .extracting(Resumption::step)
                .containsExactly(Step.FORCING);
        assertThat(step(stuck, GIVEN_BACK)).isEqualTo(Step.REMOVAL_SCRIPT_DUE);
        assertThat(step(stuck)).isEqualTo(Step.REMOVING);
    }

    @Test
    void whoLivesOrMayLiveIsLeftAlone() {
        for (OwnerStatus status : List.of(OwnerStatus.ALIVE, OwnerStatus.UNKNOWN)) {
            assertThat(of(written(), owner -> status, true, guest(secondDisk(HALF_PLUGGED))))
                    .isEmpty();
        }
    }

    @Test
    void anXlThatLivesIsFollowedHoweverTheWorldStands() {
        for (LiveDevice live : List.of(HALF_PLUGGED, CONNECTED, CLOSING)) {
            assertThat(of(byXl(true), XL_LIVES, true, guest(secondDisk(live))))
                    .extracting(Resumption::step)
                    .containsExactly(Step.XL_RUNNING);
        }
        assertThat(of(byXl(true), XL_LIVES, true, guest()).get(0).reason()).contains("its xl, pid 4712, still works");
    }

    @Test
    void whatADeadXlLeftGoesOnByStepsOfOurs() {
        assertThat(step(byXl(true))).isEqualTo(Step.REMOVING);
        assertThat(step(byXl(true), HALF_PLUGGED)).isEqualTo(Step.BACKEND_AWAITED);
        assertThat(step(byXl(true), Views.SCRIPT_FAILED)).isEqualTo(Step.GIVEN_UP);
        assertThat(step(byXl(true), CONNECTED))
                .as("the missing entry is not ours to write")
                .isEqualTo(Step.FRONTEND_AWAITED);
        assertThat(step(byXl("/dev/vg/other", true), CONNECTED))
                .as("another medium than the intent")
                .isEqualTo(Step.REMOVING);
    }

    @Test
    void whatAnXlThatNeverBeganCannotHavePluggedInIsLeftAlone() {
        assertThat(step(byXl(false))).isEqualTo(Step.REMOVING);
        assertThat(step(byXl(false), CONNECTED)).as("the step that refuses it").isEqualTo(Step.REMOVING);
        assertThat(step(byXl(false), HALF_PLUGGED)).isEqualTo(Step.REMOVING);
    }

    @Test
    void nothingIsResumedWhereTheDomainOrTheStoreIsInTrouble() {
        DomainView cut = domain(Views.truncated(liveView(disk(CONNECTED), nic(CONNECTED), secondDisk(HALF_PLUGGED))));
        assertThat(of(written(), DEAD, true, cut)).isEmpty();
        DomainView homeless =
                domain(Views.withoutHome(liveView(disk(CONNECTED), nic(CONNECTED), secondDisk(HALF_PLUGGED))));
        assertThat(of(written(), DEAD, true, homeless)).isEmpty();
        assertThat(of(written(), DEAD, true))
                .as("vanished, and not yet recorded")
                .isEmpty();
    }

    @Test
    void ofADomainThatIsGoneOnlyTheRestIsCleared() {
        List<DomainEvent> gone = written();
        gone.add(new DomainStopped(at(30), LIFE, StopReason.VANISHED));
        assertThat(of(gone, DEAD, false)).extracting(Resumption::step).containsExactly(Step.REMOVAL_SCRIPT_DUE);
    }

    @Test
    void afterARebootOfTheHostNothingIsLeftToClear() {
        Findings ledger = Findings.recorded(NOON, guest()).then(written().toArray(DomainEvent[]::new));
        HostView next = new HostView(Views.NEXT_BOOT, List.of(), List.of(), Set.of(), Views.STORE);
        List<Resumption> all = ledger.resumptions(LATER, next, DEAD, false);
        assertThat(all).extracting(Resumption::step).containsExactly(Step.REMOVING);
        assertThat(all.get(0).reason()).contains("pid 4711, has ended", "the host was started anew");
        HostView other = new HostView(Views.OTHER_HOST, List.of(), List.of(), Set.of(), Views.STORE);
        assertThat(ledger.resumptions(LATER, other, DEAD, false)).isEmpty();
    }

    private static Step step(List<DomainEvent> events, LiveDevice... live) {
        SeenDevice[] second = live.length == 0 ? new SeenDevice[0] : new SeenDevice[] {secondDisk(live[0])};
        return resumption(events, guest(second)).step();
    }

    private static Resumption resumption(List<DomainEvent> events, DomainView now) {
        List<Resumption> all = of(events, DEAD, false, now);
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private static List<Resumption> of(List<DomainEvent> events, Owners owners, boolean force, DomainView... now) {
        return Findings.recorded(NOON, guest())
                .then(events.toArray(DomainEvent[]::new))
                .resumptions(LATER, Findings.host(Views.STORE, now), owners, force);
    }

    private static DomainView guest(SeenDevice... second) {
        List<SeenDevice> devices = new ArrayList<>(List.of(disk(CONNECTED), nic(CONNECTED)));
        devices.addAll(List.of(second));
        return domain(liveView(devices.toArray(SeenDevice[]::new)));
    }

    private static DomainView withEntry(SeenDevice second) {
        DomainView guest = guest(second);
        return domain(
                guest.live(),
                new TemplateView.Present(DeviceEntries.with(
                        Views.TEMPLATE, SECOND_DISK, List.of(Views.template("{\"vdev\":\"xvdb\"}")))));
    }

    private static List<DomainEvent> hotplug() {
        return hotplug("{\"vdev\":\"xvdb\"}");
    }

    private static List<DomainEvent> hotplug(String entry) {
        return new ArrayList<>(List.of(new HotplugStarted(
                at(1), OP, LIFE, SECOND_DISK, OWNER, Views.template(entry), null, List.of(), NOON.plusSeconds(60))));
    }

    private static List<DomainEvent> written() {
        List<DomainEvent> events = hotplug();
        events.add(new HotplugEntriesWritten(at(2), OP, LIFE, SECOND_DISK));
        return events;
    }

    private static List<DomainEvent> byXl(boolean begun) {
        return byXl("/dev/vg/b", begun);
    }

    private static List<DomainEvent> byXl(String target, boolean begun) {
        List<DomainEvent> events = hotplug("{\"vdev\":\"xvdb\",\"pdev_path\":\"" + target + "\"}");
        List<String> command = List.of("xl", "block-attach", "7", "vdev=xvdb");
        events.add(new XlChosen(at(1), OP, LIFE, SECOND_DISK, command));
        if (begun) {
            events.add(new XlStarted(at(2), OP, LIFE, SECOND_DISK, new ScriptProcess(command, 4712, 98770)));
        }
        return events;
    }

    private static List<DomainEvent> unplug(boolean force) {
        return new ArrayList<>(
                List.of(new UnplugStarted(at(20), OP, LIFE, SECOND_DISK, OWNER, NOON.plusSeconds(60), force)));
    }

    private static Provenance at(long seconds) {
        return by(Views.HOST, seconds);
    }
}
