// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xenledger.domain.Incarnation;
import org.xenledger.domain.Knobs;
import org.xenledger.domain.event.DeviceEvent;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.domain.event.HotplugEvent.HotplugStarted;
import org.xenledger.domain.event.LifecycleEvent;
import org.xenledger.domain.event.LifecycleEvent.DomainRegistered;
import org.xenledger.domain.event.LifecycleEvent.DomainStarted;
import org.xenledger.domain.event.LifecycleEvent.DomainUnregistered;
import org.xenledger.domain.event.LifecycleEvent.LockHolderSeen;
import org.xenledger.domain.event.ObservedEvent.DeviceAppeared;
import org.xenledger.domain.event.StopReason;
import org.xenledger.domain.event.UnplugEvent.UnplugStarted;
import org.xenledger.domain.operation.ScriptProcess;
import org.xenledger.domain.operation.Step;

class EvolutionTableTest {
    private static final List<Class<? extends DomainEvent>> NEED_NO_LIFE =
            List.of(DomainRegistered.class, DomainStarted.class, DomainUnregistered.class, LockHolderSeen.class);
    private static final List<Class<? extends DomainEvent>> FIRST_OF_A_DEVICE =
            List.of(DeviceAppeared.class, HotplugStarted.class, UnplugStarted.class);

    @Test
    void theTableHasExactlyTheKindsOfEvents() {
        assertThat(Evolution.kinds()).containsExactlyInAnyOrderElementsOf(DomainEvent.kinds());
    }

    @ParameterizedTest
    @MethodSource
    void anEventOfALifeThatNeverStartedIsRefused(Class<? extends DomainEvent> kind) {
        DomainState state = History.fold(History.running(), History.appeared(History.CONNECTED));
        assertThatIllegalStateException()
                .isThrownBy(() -> Evolution.evolve(state, event(kind, History.OTHER_LIFE)))
                .withMessageContaining("life that never started: domid 8");
    }

    static Stream<Class<? extends DomainEvent>> anEventOfALifeThatNeverStartedIsRefused() {
        return DomainEvent.kinds().stream()
                .filter(kind -> LifecycleEvent.class.isAssignableFrom(kind) || DeviceEvent.class.isAssignableFrom(kind))
                .filter(kind -> !NEED_NO_LIFE.contains(kind));
    }

    @ParameterizedTest
    @MethodSource
    void anEventOfADeviceThatNeverAppearedIsRefused(Class<? extends DomainEvent> kind) {
        assertThatIllegalStateException()
                .isThrownBy(() -> Evolution.evolve(History.running(), event(kind, History.LIFE)))
                .withMessageContaining(kind.getSimpleName() + " of vbd/51728, which never appeared");
    }

    static Stream<Class<? extends DomainEvent>> anEventOfADeviceThatNeverAppearedIsRefused() {
        return DomainEvent.kinds().stream()
                .filter(DeviceEvent.class::isAssignableFrom)
                .filter(kind -> !FIRST_OF_A_DEVICE.contains(kind));
    }

    /** A record of this kind with something plausible in each of its components. */
    private static DomainEvent event(Class<? extends DomainEvent> kind, Incarnation life) {
        RecordComponent[] components = kind.getRecordComponents();
        Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = Stream.of(types).map(type -> value(type, life)).toArray();
        try {
            return kind.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(kind + " cannot be made", e);
        }
    }

    private static Object value(Class<?> type, Incarnation life) {
        return Stream.of(
                        life,
                        History.at(30),
                        History.DISK,
                        History.OWNER,
                        History.ENTRY,
                        History.DEADLINE,
                        History.CONNECTED,
                        Knobs.UNKNOWN,
                        StopReason.POWEROFF,
                        Step.CLOSE_DUE,
                        new ScriptProcess(List.of("block", "add"), 1, 1),
                        List.of(),
                        Map.of(),
                        "text")
                .filter(type::isInstance)
                .map(Object.class::cast)
                .findFirst()
                .orElseGet(() -> type == boolean.class ? true : Long.valueOf(1));
    }
}
