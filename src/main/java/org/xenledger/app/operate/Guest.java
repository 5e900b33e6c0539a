// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.operate;

import java.util.Optional;
import java.util.TreeSet;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.device.DeviceKind;
import org.xenledger.domain.state.DeviceState;
import org.xenledger.domain.state.DomainState;
import org.xenledger.domain.state.IncarnationState;
import org.xenledger.domain.template.Configuration;
import org.xenledger.domain.view.DomainView;
import org.xenledger.domain.view.SeenDevice;
import org.xenledger.domain.view.TemplateView;
import org.xenledger.toolstack.device.GuestType;

/**
 * A domain that runs here and whose views are in order, so that a device of it may be plugged or unplugged.
 *
 * @param view the look that was just recorded
 * @param state what the ledger knows of it then
 */
record Guest(DomainView view, DomainState state) {
    StreamId stream() {
        return view.stream();
    }

    int domid() {
        return view.live().domid();
    }

    /** As people call it. */
    String name() {
        return view.live().name() == null ? "domid " + domid() : view.live().name();
    }

    Configuration template() {
        return new Configuration(((TemplateView.Present) view.template()).tree());
    }

    GuestType type() {
        return GuestType.ofText(template().type())
                .orElseThrow(() -> new OperationException("libxl-json does not say of which type " + name() + " is"));
    }

    Optional<SeenDevice> seen(DeviceKey key) {
        return Optional.ofNullable(view.live().devices().get(key));
    }

    Optional<DeviceState> known(DeviceKey key) {
        return life().map(life -> life.devices().get(key));
    }

    /** A number that no device of the kind has, nor had in this life: above all others, as libxl's own choice would be. */
    int freeId(DeviceKind kind) {
        TreeSet<Integer> taken = new TreeSet<>();
        taken.add(-1);
        view.live().devices().keySet().stream()
                .filter(key -> key.kind() == kind)
                .forEach(key -> taken.add(key.id()));
        template().devices().keySet().stream().filter(key -> key.kind() == kind).forEach(key -> taken.add(key.id()));
        life().stream()
                .flatMap(life -> life.devices().entrySet().stream())
                .filter(device ->
                        device.getKey().kind() == kind && device.getValue().inOurHands())
                .forEach(device -> taken.add(device.getKey().id()));
        return taken.last() + 1;
    }

    private Optional<IncarnationState> life() {
        return state.incarnation(state.named(view.incarnation()));
    }
}
