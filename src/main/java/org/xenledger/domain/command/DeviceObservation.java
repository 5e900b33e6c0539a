// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.command;

import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.xenledger.domain.Incarnation;
import org.xenledger.domain.Provenance;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.device.Online;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.domain.event.ObservedEvent.DeviceAppeared;
import org.xenledger.domain.event.ObservedEvent.DeviceChanged;
import org.xenledger.domain.event.ObservedEvent.DeviceGone;
import org.xenledger.domain.event.ObservedEvent.DeviceReconfigured;
import org.xenledger.domain.state.DeviceState;
import org.xenledger.domain.state.DomainState;
import org.xenledger.domain.state.OperationState;
import org.xenledger.domain.state.OperationState.Direction;
import org.xenledger.domain.state.Phase;
import org.xenledger.domain.view.LiveView;
import org.xenledger.domain.view.SeenDevice;

/**
 * Compares the devices of one look with those the ledger knows. The first sign of somebody's operation gives it an id,
 * made of the stream and the number of the event, so that the same history always has the same ids.
 */
final class DeviceObservation {
    private final Provenance by;
    private final Incarnation life;
    private final boolean absentIsGone;
    private final Consumer<DomainEvent> happens;
    private final Supplier<DomainState> state;

    DeviceObservation(
            Provenance by,
            Incarnation life,
            boolean absentIsGone,
            Consumer<DomainEvent> happens,
            Supplier<DomainState> state) {
        this.by = by;
        this.life = life;
        this.absentIsGone = absentIsGone;
        this.happens = happens;
        this.state = state;
    }

    void compare(LiveView live) {
        SortedMap<DeviceKey, DeviceState> known =
                state.get().incarnation(life).orElseThrow().devices();
        live.devices().values().stream().filter(SeenDevice::readable).forEach(seen -> see(seen, known.get(seen.key())));
        known.forEach((key, device) -> {
            boolean absent = device.live() != null && !live.devices().containsKey(key);
            if (absent && absentIsGone && !device.inOurHands() && !device.awaitsGuest()) {
                happens.accept(new DeviceGone(by, removalOf(device), life, key));
            }
        });
    }

    private void see(SeenDevice seen, DeviceState device) {
        if (device == null || isAnother(seen, device)) {
            happens.accept(new DeviceAppeared(by, newOperation(), life, seen.key(), seen.live(), seen.attributes()));
            return;
        }
        if (device.inOurHands()) {
            if (isUnknownWorkOfXl(seen, device)) {
                happens.accept(
                        new DeviceReconfigured(by, device.operation().id(), life, seen.key(), seen.attributes()));
            }
            return;
        }
        if (!seen.live().equals(device.live())) {
            String operation = seen.live().online() == Online.NO ? removalOf(device) : operationOf(device);
            happens.accept(new DeviceChanged(by, operation, life, seen.key(), device.live(), seen.live()));
        }
        if (!seen.attributes().equals(device.attributes())) {
            happens.accept(new DeviceReconfigured(by, operationOf(device), life, seen.key(), seen.attributes()));
        }
    }

    /** Whether what is seen is none that the ledger still knows: plugged in after a removal, or in spite of one. */
    private static boolean isAnother(SeenDevice seen, DeviceState device) {
        boolean removed = device.live() == null && device.phase() == Phase.DETACHED;
        return removed || (device.awaitsGuest() && seen.live().online() == Online.YES);
    }

    /** What xl has plugged in for us, when nobody has seen yet where it has put it: how it goes on depends on that. */
    private static boolean isUnknownWorkOfXl(SeenDevice seen, DeviceState device) {
        return !device.operation().xl().isEmpty()
                && device.attributes().isEmpty()
                && !seen.attributes().isEmpty();
    }

    private String operationOf(DeviceState device) {
        return device.operation() == null ? newOperation() : device.operation().id();
    }

    private String removalOf(DeviceState device) {
        OperationState operation = device.operation();
        boolean begun = operation != null && operation.open() && operation.direction() == Direction.UNPLUG;
        return begun || device.awaitsGuest() ? operation.id() : newOperation();
    }

    private String newOperation() {
        DomainState now = state.get();
        return now.id().abbreviated() + "-" + now.version();
    }
}
