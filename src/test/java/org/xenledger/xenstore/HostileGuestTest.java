// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.device.DeviceKind;
import org.xenledger.domain.device.XenbusState;
import org.xenledger.domain.view.LiveView;

class HostileGuestTest {
    private static final DeviceKey DISK = new DeviceKey(DeviceKind.VBD, 51712);

    /** Whatever the guest does below its own directory, only the state of a device's frontend can change. */
    @Property(tries = 300)
    void aGuestThatRewritesItsFrontendsChangesNoDecision(@ForAll long seed) {
        Random random = new Random(seed);
        LiveView before = Stores.running().guest();
        Stores store = Stores.running();
        String[] names = {"vbd", "vif", "51712", "0", "backend", "state", "online", "hotplug-status", "console", "x"};
        String[] values = {"", "0", "1", "4", "6", "error", Stores.BACKEND_DISK, "/libxl/7", "\u00ff\n"};
        for (int i = random.nextInt(12); i >= 0; i--) {
            StringBuilder path = new StringBuilder("/local/domain/7/device");
            for (int depth = random.nextInt(4); depth >= 0; depth--) {
                path.append('/').append(names[random.nextInt(names.length)]);
            }
            if (random.nextInt(3) == 0) {
                store.remove(path.toString());
            } else {
                store.set(path.toString(), values[random.nextInt(values.length)]);
            }
        }
        LiveView after = store.guest();
        XenbusState state = after.devices().get(DISK).live().frontend();
        assertThat(after.withDevices(before.devices())).isEqualTo(before);
        assertThat(after.devices())
                .isEqualTo(Map.of(DISK, Stores.withFrontend(before.devices().get(DISK), state)));
    }

    /** However much of its own nodes a guest keeps from being read, no other domain's view changes. */
    @Property(tries = 200)
    void aGuestThatFloodsItsNodesLeavesOthersAsTheyAre(@ForAll long seed) {
        Random random = new Random(seed);
        Stores store = Stores.running()
                .set("/local/domain/8/name", "guest2")
                .set("/local/domain/8/vm", "/vm/3fae1c1e-5d0b-4f0c-9a60-1b2c3d4e5f60")
                .set("/libxl/8", "");
        String[] places = {"", "/data", "/device", "/device/vbd/51712", "/device/vbd/51712/state", "/control/x", "/name"
        };
        List<String> cuts = new ArrayList<>(List.of("/local/domain/0/backend/vbd/7/51712/state"));
        for (int i = random.nextInt(5); i >= 0; i--) {
            cuts.add("/local/domain/7" + places[random.nextInt(places.length)]);
        }
        String[] cut = cuts.toArray(String[]::new);
        assertThat(store.domain(8, cut)).isEqualTo(store.domain(8));
        assertThat(store.domain(0, cut)).isEqualTo(store.domain(0));
        assertThat(store.views(cut).store()).isEqualTo(store.views().store());
    }

    /** Whatever of its devices a guest keeps from being read, no more than its frontend's state is unknown. */
    @Property(tries = 200)
    void aGuestThatFloodsItsDevicesKeepsThemReadable(@ForAll long seed) {
        Random random = new Random(seed);
        String[] places = {"", "/vbd", "/vbd/51712", "/vbd/51712/state", "/vbd/51712/ring-ref", "/vif", "/x/y"};
        List<String> cuts = new ArrayList<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            cuts.add("/local/domain/7/device" + places[random.nextInt(places.length)]);
        }
        LiveView before = Stores.running().guest();
        LiveView after = Stores.running().guest(cuts.toArray(String[]::new));
        XenbusState state = after.devices().get(DISK).live().frontend();
        assertThat(state).isIn(XenbusState.UNKNOWN, XenbusState.CONNECTED);
        assertThat(after.whole()).isTrue();
        assertThat(after.devices())
                .isEqualTo(Map.of(DISK, Stores.withFrontend(before.devices().get(DISK), state)));
    }
}
