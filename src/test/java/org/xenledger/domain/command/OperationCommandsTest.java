// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xenledger.domain.HostIdentity;
import org.xenledger.domain.Incarnation;
import org.xenledger.domain.Knobs;
import org.xenledger.domain.Owner;
import org.xenledger.domain.Provenance;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.device.LiveDevice;
import org.xenledger.domain.device.Online;
import org.xenledger.domain.device.ScriptStatus;
import org.xenledger.domain.device.XenbusState;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.domain.event.HotplugEvent.BackendReady;
import org.xenledger.domain.event.HotplugEvent.HotplugCompleted;
import org.xenledger.domain.event.HotplugEvent.HotplugEntriesWritten;
import org.xenledger.domain.event.HotplugEvent.HotplugStarted;
import org.xenledger.domain.event.HotplugEvent.ScriptSucceeded;
import org.xenledger.domain.event.LifecycleEvent.DomainRegistered;
import org.xenledger.domain.event.LifecycleEvent.DomainStarted;
import org.xenledger.domain.event.LifecycleEvent.DomainStopped;
import org.xenledger.domain.event.OperationEvent.OperationResumed;
import org.xenledger.domain.event.StopReason;
import org.xenledger.domain.event.UnplugEvent.BackendClosing;
import org.xenledger.domain.event.UnplugEvent.UnplugStarted;
import org.xenledger.domain.event.UnplugEvent.UnplugTimedOut;
import org.xenledger.domain.operation.Step;
import org.xenledger.domain.state.DomainState;
import org.xenledger.domain.state.Evolution;
import org.xenledger.domain.template.LosslessJson;

class OperationCommandsTest {
    private static final StreamId GUEST = StreamId.ofUuid("5814e8a6-6120-43fd-bb68-051553960d55");
    private static final HostIdentity HOST = new HostIdentity("xen1", "boot-1");
    private static final Incarnation LIFE = new Incarnation(HOST, 7, "1795300000");
    private static final DeviceKey DISK = DeviceKey.parse("vbd/51728");
    private static final Owner OWNER = new Owner(HOST, 4711, 98765);
    private static final Owner HEIR = new Owner(HOST, 4800, 99999);
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Provenance BY = new Provenance("alice", HOST, "a test", NOON);
    private static final LiveDevice CONNECTED = new LiveDevice(
            true, true, XenbusState.CONNECTED, XenbusState.CONNECTED, Online.YES, ScriptStatus.SUCCEEDED, "");
    private static final HotplugEntriesWritten WRITTEN = new HotplugEntriesWritten(BY, "op-1", LIFE, DISK);

    private DomainState state = fold(
            DomainState.unknown(GUEST),
            new DomainRegistered(BY, false),
            new DomainStarted(BY, LIFE, "g", Knobs.UNKNOWN));

    @Test
    void anIntentOnALivingDomainIsAccepted() {
        assertThat(new StartHotplug(GUEST, plug("op-1")).decide(state)).containsExactly(plug("op-1"));
        assertThat(new StartUnplug(GUEST, unplug("op-2")).decide(state)).containsExactly(unplug("op-2"));
    }

    @Test
    void nothingIsPluggedIntoADomainThatHasEnded() {
        happened(new DomainStopped(BY, LIFE, StopReason.DESTROYED));
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> new StartHotplug(GUEST, plug("op-1")).decide(state))
                .withMessageContaining("does not run any more");
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> new StartUnplug(GUEST, unplug("op-1")).decide(state));
    }

    @Test
    void aDeviceHasOneOperationOfOursAtATime() {
        happened(plug("op-1"));
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> new StartUnplug(GUEST, unplug("op-2")).decide(state))
                .withMessageContaining("op-1")
                .withMessageContaining("pid 4711");
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> new StartHotplug(GUEST, plug("op-2")).decide(state));
    }

    @Test
    void aDeviceThatIsThereIsNotPluggedAgain() {
        attach();
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> new StartHotplug(GUEST, plug("op-2")).decide(state))
                .withMessageContaining("vbd/51728 (xvdb) is there already");
    }

    @Test
    void theOutcomeOfAStepIsTakenOnceAndFromItsOwnerOnly() {
        happened(plug("op-1"));
        AdvanceOperation written = new AdvanceOperation(GUEST, OWNER, Step.WRITING, List.of(WRITTEN));
        assertThat(new AdvanceOperation(GUEST, HEIR, Step.WRITING, List.of(WRITTEN)).decide(state))
                .isEmpty();
        assertThat(written.decide(state)).containsExactly(WRITTEN);
        happened(WRITTEN);
        assertThat(written.decide(state)).isEmpty();
    }

    @Test
    void theOutcomeOfAnOperationThatIsNotTheDevicesLastIsDropped() {
        attach();
        happened(unplug("op-2"));
        assertThat(new AdvanceOperation(GUEST, OWNER, Step.CLOSE_DUE, List.of(WRITTEN)).decide(state))
                .isEmpty();
    }

    @Test
    void onlyOneHeirTakesAnOperationOver() {
        happened(plug("op-1"));
        ResumeOperation first = new ResumeOperation(GUEST, OWNER, resumed("op-1", HEIR));
        ResumeOperation second = new ResumeOperation(GUEST, OWNER, resumed("op-1", new Owner(HOST, 4900, 1)));
        assertThat(first.decide(state)).containsExactly(resumed("op-1", HEIR));
        happened(resumed("op-1", HEIR));
        assertThat(second.decide(state)).isEmpty();
    }

    @Test
    void whatHasEndedIsNotTakenUpAgainUnlessItTimedOut() {
        attach();
        assertThat(new ResumeOperation(GUEST, OWNER, resumed("op-1", HEIR)).decide(state))
                .isEmpty();
        happened(unplug("op-2"), new BackendClosing(BY, "op-2", LIFE, DISK));
        happened(new UnplugTimedOut(BY, "op-2", LIFE, DISK, "the guest"));
        assertThat(new ResumeOperation(GUEST, OWNER, resumed("op-2", HEIR)).decide(state))
                .hasSize(1);
    }

    private void attach() {
        happened(plug("op-1"), WRITTEN, new BackendReady(BY, "op-1", LIFE, DISK));
        happened(new ScriptSucceeded(BY, "op-1", LIFE, DISK), new HotplugCompleted(BY, "op-1", LIFE, DISK, CONNECTED));
    }

    private void happened(DomainEvent... events) {
        state = fold(state, events);
    }

    private static DomainState fold(DomainState from, DomainEvent... events) {
        DomainState result = from;
        for (DomainEvent event : events) {
            result = Evolution.evolve(result, event);
        }
        return result;
    }

    private static HotplugStarted plug(String operation) {
        return new HotplugStarted(
                BY,
                operation,
                LIFE,
                DISK,
                OWNER,
                LosslessJson.parse("{\"vdev\":\"xvdb\"}").deepCopy(),
                null,
                List.of(),
                NOON.plusSeconds(60));
    }

    private static UnplugStarted unplug(String operation) {
        return new UnplugStarted(BY, operation, LIFE, DISK, OWNER, NOON.plusSeconds(60), false);
    }

    private static OperationResumed resumed(String operation, Owner owner) {
        return new OperationResumed(
                BY, operation, LIFE, DISK, owner, Step.GIVEN_UP, "its owner is dead", NOON.plusSeconds(120));
    }
}
