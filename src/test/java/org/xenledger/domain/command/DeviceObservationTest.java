// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xenledger.domain.view.Views.CLOSED;
import static org.xenledger.domain.view.Views.CLOSING;
import static org.xenledger.domain.view.Views.CONNECTED;
import static org.xenledger.domain.view.Views.DISK;
import static org.xenledger.domain.view.Views.DISK_ATTRIBUTES;
import static org.xenledger.domain.view.Views.GUEST;
import static org.xenledger.domain.view.Views.LIFE;
import static org.xenledger.domain.view.Views.WAITING;
import static org.xenledger.domain.view.Views.by;
import static org.xenledger.domain.view.Views.disk;
import static org.xenledger.domain.view.Views.domain;
import static org.xenledger.domain.view.Views.liveView;
import static org.xenledger.domain.view.Views.nic;
import static org.xenledger.domain.view.Views.unreadable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.xenledger.domain.Owner;
import org.xenledger.domain.event.DeviceEvent;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.domain.event.HotplugEvent.BackendReady;
import org.xenledger.domain.event.HotplugEvent.HotplugCompleted;
import org.xenledger.domain.event.HotplugEvent.HotplugEntriesWritten;
import org.xenledger.domain.event.HotplugEvent.HotplugStarted;
import org.xenledger.domain.event.HotplugEvent.ScriptSucceeded;
import org.xenledger.domain.event.ObservedEvent.DeviceAppeared;
import org.xenledger.domain.event.ObservedEvent.DeviceChanged;
import org.xenledger.domain.event.ObservedEvent.DeviceReconfigured;
import org.xenledger.domain.event.UnplugEvent.UnplugStarted;
import org.xenledger.domain.event.XlEvent.XlChosen;
import org.xenledger.domain.operation.PlannedNode;
import org.xenledger.domain.state.OperationState.Outcome;
import org.xenledger.domain.state.Origin;
import org.xenledger.domain.state.Phase;
import org.xenledger.domain.view.DomainView;
import org.xenledger.domain.view.SeenDevice;
import org.xenledger.domain.view.Views;

class DeviceObservationTest {
    private static final DomainView EMPTY = look();
    private static final Owner OWNER = new Owner(Views.HOST, 4711, 98765);

    @Test
    void aNewDeviceAppearsWithItsEndsAndItsKeys() {
        assertThat(Looks.after(EMPTY).at(look(disk(WAITING))))
                .singleElement()
                .isInstanceOfSatisfying(DeviceAppeared.class, e -> {
                    assertThat(e.device()).isEqualTo(DISK);
                    assertThat(e.live()).isEqualTo(WAITING);
                    assertThat(e.attributes()).isEqualTo(DISK_ATTRIBUTES);
                });
    }

    @Test
    void aChangeOfAnEndIsToldWithWhatItWasBefore() {
        assertThat(Looks.after(look(disk(WAITING))).at(look(disk(CONNECTED))))
                .singleElement()
                .isInstanceOfSatisfying(DeviceChanged.class, e -> {
                    assertThat(e.from()).isEqualTo(WAITING);
                    assertThat(e.live()).isEqualTo(CONNECTED);
                });
    }

    @Test
    void anotherMediumIsAReconfiguration() {
        Map<String, String> other = new TreeMap<>(DISK_ATTRIBUTES);
        other.put("params", "/dev/vg/other");
        assertThat(Looks.after(look(disk(CONNECTED))).at(look(disk(CONNECTED).withAttributes(other))))
                .singleElement()
                .isInstanceOfSatisfying(
                        DeviceReconfigured.class,
                        e -> assertThat(e.attributes()).isEqualTo(other));
    }

    @Test
    void onlyTheDeviceThatChangedIsTold() {
        Looks looks = Looks.after(look(disk(CONNECTED), nic(CONNECTED)));
        assertThat(operations(looks.at(look(disk(CONNECTED), nic(CLOSING))))).hasSize(1);
        assertThat(looks.life().devices().get(DISK).phase()).isEqualTo(Phase.ATTACHED);
    }

    @Test
    void theEventsOfOneHotplugShareItsId() {
        Looks looks = Looks.after(EMPTY);
        String appeared = operation(looks.at(look(disk(WAITING))));
        assertThat(operation(looks.at(look(disk(CONNECTED))))).isEqualTo(appeared);
        assertThat(looks.life().devices().get(DISK).operation().outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void theEventsOfOneRemovalShareAnIdThatIsNotTheHotplugs() {
        Looks looks = Looks.after(EMPTY);
        String hotplug = operation(looks.at(look(disk(CONNECTED))));
        String closing = operation(looks.at(look(disk(CLOSING))));
        String closed = operation(looks.at(look(disk(CLOSED))));
        String gone = operation(looks.at(EMPTY));
        assertThat(closing).isNotEqualTo(hotplug);
        assertThat(List.of(closed, gone)).containsOnly(closing);
        assertThat(looks.life().devices().get(DISK).phase()).isEqualTo(Phase.DETACHED);
        assertThat(looks.at(EMPTY)).isEmpty();
    }

    @Test
    void aSecondRemovalHasAnotherId() {
        Looks looks = Looks.after(look(disk(CONNECTED)));
        String first = operation(looks.at(EMPTY));
        String again = operation(looks.at(look(disk(CONNECTED))));
        assertThat(List.of(first, again, operation(looks.at(EMPTY)))).doesNotHaveDuplicates();
    }

    @Test
    void theSameHistoryGivesTheSameIds() {
        assertThat(history()).isEqualTo(history());
    }

    private static List<DomainEvent> history() {
        Looks looks = Looks.after(look(disk(CONNECTED), nic(WAITING)));
        List<DomainEvent> closing = looks.at(look(disk(CLOSING), nic(CONNECTED)));
        assertThat(operations(closing)).doesNotHaveDuplicates();
        return closing;
    }

    @Test
    void theIdsNameTheStreamAndTheNumberOfTheEvent() {
        Looks looks = Looks.after(EMPTY);
        long version = looks.state().version();
        assertThat(operation(looks.at(look(disk(WAITING))))).isEqualTo(GUEST.abbreviated() + "-" + version);
    }

    @Test
    void aDeviceThatCannotBeReadIsNeitherChangedNorGone() {
        Looks looks = Looks.after(look(disk(CONNECTED)));
        assertThat(looks.at(look(unreadable(disk(CLOSING))))).isEmpty();
        assertThat(looks.life().devices().get(DISK).live()).isEqualTo(CONNECTED);
        assertThat(Looks.after(EMPTY).at(look(unreadable(disk(CLOSING))))).isEmpty();
    }

    @Test
    void anOpenOperationOfOurOwnTellsItsStepsItself() {
        Looks looks = Looks.after(EMPTY);
        looks.fold(List.of(hotplugStarted()));
        assertThat(looks.at(EMPTY)).isEmpty();
        assertThat(looks.at(look(disk(WAITING)))).isEmpty();
        looks.fold(plugged());
        assertThat(looks.at(look(disk(CONNECTED)))).isEmpty();
        assertThat(looks.life().devices().get(DISK).origin()).isEqualTo(Origin.OURS);
    }

    @Test
    void whereXlHasPutADeviceForUsIsToldOnce() {
        Looks looks = Looks.after(EMPTY);
        HotplugStarted intent = hotplugStarted();
        looks.fold(List.of(
                new HotplugStarted(
                        intent.by(),
                        intent.operation(),
                        LIFE,
                        DISK,
                        OWNER,
                        intent.entry(),
                        null,
                        List.of(),
                        intent.deadline()),
                new XlChosen(intent.by(), intent.operation(), LIFE, DISK, List.of("xl", "block-attach"))));
        assertThat(looks.at(EMPTY)).isEmpty();
        assertThat(looks.at(look(disk(WAITING))))
                .singleElement()
                .isInstanceOfSatisfying(
                        DeviceReconfigured.class,
                        event -> assertThat(event.operation()).isEqualTo(intent.operation()));
        assertThat(looks.life().devices().get(DISK).attributes())
                .isEqualTo(disk(WAITING).attributes());
        assertThat(looks.at(look(disk(CONNECTED)))).isEmpty();
    }

    @Test
    void anUnplugOfOurOwnTellsItselfThatTheDeviceIsGone() {
        Looks looks = Looks.after(look(disk(CONNECTED)));
        looks.fold(List.of(
                new UnplugStarted(by(Views.HOST, 80), "op-2", LIFE, DISK, OWNER, Views.NOON.plusSeconds(120), false)));
        assertThat(looks.at(look(disk(CLOSING)))).isEmpty();
        assertThat(looks.at(EMPTY)).isEmpty();
    }

    @Test
    void othersRemovalOfOurDeviceIsNotAPhaseThatIsHealed() {
        Looks looks = Looks.after(EMPTY);
        looks.fold(List.of(hotplugStarted()));
        looks.fold(plugged());
        looks.at(look(disk(CONNECTED)));
        looks.at(look(disk(CLOSING)));
        assertThat(looks.life().devices().get(DISK).phase()).isEqualTo(Phase.ATTACHED);
        assertThat(looks.life().devices().get(DISK).operation().origin()).isEqualTo(Origin.OTHERS);
    }

    private static List<DomainEvent> plugged() {
        return List.of(
                new HotplugEntriesWritten(by(Views.HOST, 81), "op-1", LIFE, DISK),
                new BackendReady(by(Views.HOST, 82), "op-1", LIFE, DISK),
                new ScriptSucceeded(by(Views.HOST, 83), "op-1", LIFE, DISK),
                new HotplugCompleted(by(Views.HOST, 90), "op-1", LIFE, DISK, CONNECTED));
    }

    private static HotplugStarted hotplugStarted() {
        List<PlannedNode> nodes = new ArrayList<>();
        disk(CONNECTED)
                .attributes()
                .forEach((key, value) -> nodes.add(
                        new PlannedNode("/libxl/" + LIFE.domid() + "/device/" + DISK + "/" + key, value, "")));
        return new HotplugStarted(
                by(Views.HOST, 80),
                "op-1",
                LIFE,
                DISK,
                OWNER,
                Views.template("{\"pdev_path\":\"/dev/vg/a\",\"vdev\":\"xvda\",\"format\":\"raw\",\"readwrite\":1}"),
                null,
                nodes,
                Views.NOON.plusSeconds(120));
    }

    private static DomainView look(SeenDevice... devices) {
        return domain(liveView(devices));
    }

    private static String operation(List<DomainEvent> events) {
        assertThat(events).hasSize(1);
        return operations(events).get(0);
    }

    private static List<String> operations(List<DomainEvent> events) {
        return events.stream().map(e -> ((DeviceEvent) e).operation()).toList();
    }
}
