// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xenledger.domain.state.History.CLOSING;
import static org.xenledger.domain.state.History.CONNECTED;
import static org.xenledger.domain.state.History.DISK;
import static org.xenledger.domain.state.History.INITIALISING;
import static org.xenledger.domain.state.History.LIFE;
import static org.xenledger.domain.state.History.OP;
import static org.xenledger.domain.state.History.OTHER_OP;
import static org.xenledger.domain.state.History.appeared;
import static org.xenledger.domain.state.History.at;
import static org.xenledger.domain.state.History.changed;
import static org.xenledger.domain.state.History.disk;
import static org.xenledger.domain.state.History.fold;
import static org.xenledger.domain.state.History.running;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.xenledger.domain.device.Online;
import org.xenledger.domain.device.XenbusState;
import org.xenledger.domain.event.ObservedEvent.DeviceAdopted;
import org.xenledger.domain.event.ObservedEvent.DeviceGone;
import org.xenledger.domain.event.ObservedEvent.DeviceReconfigured;
import org.xenledger.domain.state.OperationState.Direction;
import org.xenledger.domain.state.OperationState.Outcome;

class OthersDevicesTest {
    private static final DomainState PRESENT = fold(running(), appeared(INITIALISING));

    @Test
    void aDeviceThatAppearedHalfPluggedIsInNoPhaseAndItsHotplugOpen() {
        DeviceState disk = disk(PRESENT);
        assertThat(disk.phase()).isEqualTo(Phase.UNKNOWN);
        assertThat(disk.origin()).isEqualTo(Origin.OTHERS);
        assertThat(disk.attributes()).isEqualTo(History.ATTRIBUTES);
        assertThat(disk.since()).isEqualTo(at(2).at());
        assertOperation(disk, OP, Direction.HOTPLUG, Outcome.OPEN);
        assertThat(disk.operation().owner()).isNull();
    }

    @Test
    void aDeviceIsAttachedOnceItIsInOrder() {
        DomainState ready = fold(
                PRESENT,
                changed(3, OP, INITIALISING, History.live(XenbusState.CONNECTED, XenbusState.INIT_WAIT, Online.YES)));
        assertThat(disk(ready).phase()).isEqualTo(Phase.ATTACHED);
    }

    @Test
    void itsHotplugEndsWhenBothEndsAreConnected() {
        DomainState half = fold(
                PRESENT,
                changed(3, OP, INITIALISING, History.live(XenbusState.CONNECTED, XenbusState.INIT_WAIT, Online.YES)));
        assertOperation(disk(half), OP, Direction.HOTPLUG, Outcome.OPEN);
        DeviceState connected = disk(fold(half, changed(4, OP, disk(half).live(), CONNECTED)));
        assertOperation(connected, OP, Direction.HOTPLUG, Outcome.COMPLETED);
        assertThat(connected.operation().ended()).isEqualTo(at(4).at());
        assertThat(connected.live()).isEqualTo(CONNECTED);
        assertThat(connected.since()).isEqualTo(at(4).at());
    }

    @Test
    void aDeviceFirstSeenConnectedHasItsHotplugBehindIt() {
        assertOperation(disk(fold(running(), appeared(CONNECTED))), OP, Direction.HOTPLUG, Outcome.COMPLETED);
    }

    @Test
    void onlineZeroOpensASecondOperationAndGoneEndsIt() {
        DomainState closing = fold(running(), appeared(CONNECTED), changed(10, OTHER_OP, CONNECTED, CLOSING));
        assertThat(disk(closing).phase()).isEqualTo(Phase.ATTACHED);
        assertOperation(disk(closing), OTHER_OP, Direction.UNPLUG, Outcome.OPEN);
        assertThat(disk(closing).operation().started()).isEqualTo(at(10).at());

        DeviceState gone = disk(fold(closing, new DeviceGone(at(12), OTHER_OP, LIFE, DISK)));
        assertThat(gone.phase()).isEqualTo(Phase.DETACHED);
        assertThat(gone.origin()).isEqualTo(Origin.OTHERS);
        assertThat(gone.live()).isNull();
        assertOperation(gone, OTHER_OP, Direction.UNPLUG, Outcome.COMPLETED);
        assertThat(gone.operation().started()).isEqualTo(at(10).at());
        assertThat(gone.operation().ended()).isEqualTo(at(12).at());
    }

    @Test
    void aDeviceGoneWithoutAWarningIsAnUnplugOfItsOwn() {
        DeviceState gone = disk(fold(PRESENT, new DeviceGone(at(12), OTHER_OP, LIFE, DISK)));
        assertThat(gone.phase()).isEqualTo(Phase.DETACHED);
        assertOperation(gone, OTHER_OP, Direction.UNPLUG, Outcome.COMPLETED);
    }

    @Test
    void aClosingUnplugIsNotEndedByAStateOfItsOwn() {
        DomainState state = fold(
                running(),
                appeared(CONNECTED),
                changed(10, OTHER_OP, CONNECTED, CLOSING),
                changed(11, OTHER_OP, CLOSING, CONNECTED));
        assertOperation(disk(state), OTHER_OP, Direction.UNPLUG, Outcome.OPEN);
    }

    @Test
    void aMediumChangeReplacesTheAttributesOnly() {
        DeviceState disk =
                disk(fold(PRESENT, new DeviceReconfigured(at(5), OTHER_OP, LIFE, DISK, Map.of("params", "aio:/iso"))));
        assertThat(disk).isEqualTo(disk(PRESENT).withAttributes(Map.of("params", "aio:/iso")));
    }

    @Test
    void anAdoptedDeviceIsOursInTheSamePhase() {
        DeviceState disk = disk(fold(PRESENT, new DeviceAdopted(at(5), OP, LIFE, DISK)));
        assertThat(disk.origin()).isEqualTo(Origin.OURS);
        assertThat(disk.phase()).isEqualTo(disk(PRESENT).phase());
    }

    @Test
    void aDeviceThatComesBackIsAttachedAgain() {
        DeviceState disk = disk(fold(PRESENT, new DeviceGone(at(12), OTHER_OP, LIFE, DISK), appeared(CONNECTED)));
        assertThat(disk.phase()).isEqualTo(Phase.ATTACHED);
        assertThat(disk.live()).isEqualTo(CONNECTED);
    }

    private static void assertOperation(DeviceState device, String id, Direction direction, Outcome outcome) {
        assertThat(device.operation().id()).isEqualTo(id);
        assertThat(device.operation().direction()).isEqualTo(direction);
        assertThat(device.operation().outcome()).isEqualTo(outcome);
        assertThat(device.operation().origin()).isEqualTo(Origin.OTHERS);
    }
}
