// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.device.LiveDevice;
import org.xenledger.domain.event.DeviceEvent;
import org.xenledger.domain.event.HotplugEvent.BackendReady;
import org.xenledger.domain.event.HotplugEvent.FrontendConnected;
import org.xenledger.domain.event.HotplugEvent.HotplugCompleted;
import org.xenledger.domain.event.HotplugEvent.HotplugCompletedLate;
import org.xenledger.domain.event.HotplugEvent.HotplugEntriesWritten;
import org.xenledger.domain.event.HotplugEvent.HotplugFailed;
import org.xenledger.domain.event.HotplugEvent.HotplugRolledBack;
import org.xenledger.domain.event.HotplugEvent.HotplugStarted;
import org.xenledger.domain.event.HotplugEvent.ScriptFailed;
import org.xenledger.domain.event.HotplugEvent.ScriptStarted;
import org.xenledger.domain.event.HotplugEvent.ScriptSucceeded;
import org.xenledger.domain.event.ObservedEvent.DeviceAdopted;
import org.xenledger.domain.event.ObservedEvent.DeviceAppeared;
import org.xenledger.domain.event.ObservedEvent.DeviceChanged;
import org.xenledger.domain.event.ObservedEvent.DeviceGone;
import org.xenledger.domain.event.ObservedEvent.DeviceReconfigured;
import org.xenledger.domain.event.UnplugEvent.BackendClosing;
import org.xenledger.domain.event.UnplugEvent.DeviceClosed;
import org.xenledger.domain.event.UnplugEvent.EntriesRemoved;
import org.xenledger.domain.event.UnplugEvent.RemovalScriptRun;
import org.xenledger.domain.event.UnplugEvent.UnplugCompleted;
import org.xenledger.domain.event.UnplugEvent.UnplugForced;
import org.xenledger.domain.event.UnplugEvent.UnplugStarted;
import org.xenledger.domain.event.UnplugEvent.UnplugTimedOut;
import org.xenledger.domain.state.DeviceState;
import org.xenledger.domain.state.IncarnationState;

/** One step in the life of some device: whatever its phase allows next. */
final class RandomDevice {
    private static final List<DeviceKey> DEVICES =
            List.of(DeviceKey.parse("vbd/51712"), DeviceKey.parse("vif/0"), DeviceKey.parse("9pfs/3"));

    private final Random random;
    private final Provenance by;
    private final Incarnation life;
    private final String fresh;
    private final RandomRecords records;
    private DeviceKey device;
    private String open;

    RandomDevice(Random random, Provenance by, Incarnation life, int number) {
        this.random = random;
        this.by = by;
        this.life = life;
        this.fresh = "op-" + number;
        this.records = new RandomRecords(random);
    }

    DeviceEvent next(IncarnationState known) {
        device = DEVICES.get(random.nextInt(DEVICES.size()));
        DeviceState state = known.devices().get(device);
        if (state == null) {
            return beginning();
        }
        open = state.operation().id();
        return switch (state.phase()) {
            case DETACHED -> beginning();
            case ATTACHING -> attaching();
            case UNKNOWN, ATTACHED -> attached(state);
            case DETACHING -> detaching();
        };
    }

    private DeviceEvent beginning() {
        return random.nextBoolean()
                ? new DeviceAppeared(by, fresh, life, device, live(), Map.of("frontend-id", "5", "state", "1"))
                : new HotplugStarted(
                        by,
                        fresh,
                        life,
                        device,
                        new Owner(by.host(), 4711, 99),
                        records.object(),
                        random.nextBoolean() ? null : records.object(),
                        List.of("/libxl/5/device/" + device),
                        by.at().plusSeconds(40));
    }

    private DeviceEvent attaching() {
        return switch (random.nextInt(10)) {
            case 0 -> new HotplugEntriesWritten(by, open, life, device);
            case 1 -> new BackendReady(by, open, life, device);
            case 2 -> new ScriptStarted(by, open, life, device, List.of("/etc/xen/scripts/block", "add"), 77, 78);
            case 3 -> new ScriptSucceeded(by, open, life, device);
            case 4 -> new ScriptFailed(by, open, life, device, records.text());
            case 5 -> new FrontendConnected(by, open, life, device);
            case 6 -> new HotplugCompleted(by, open, life, device);
            case 7 -> new HotplugCompletedLate(by, open, life, device);
            case 8 -> new HotplugFailed(by, open, life, device, "BackendReady", "timed out");
            default -> new HotplugRolledBack(by, open, life, device, "rolled back");
        };
    }

    private DeviceEvent attached(DeviceState state) {
        return switch (random.nextInt(6)) {
            case 0 -> new DeviceChanged(by, random.nextBoolean() ? open : fresh, life, device, state.live(), live());
            case 1 -> new DeviceReconfigured(by, fresh, life, device, Map.of("params", records.text()));
            case 2 -> new DeviceAdopted(by, fresh, life, device);
            case 3 -> new DeviceGone(by, random.nextBoolean() ? open : fresh, life, device);
            default ->
                new UnplugStarted(
                        by,
                        fresh,
                        life,
                        device,
                        new Owner(by.host(), 4711, 99),
                        by.at().plusSeconds(10),
                        random.nextBoolean());
        };
    }

    private DeviceEvent detaching() {
        return switch (random.nextInt(7)) {
            case 0 -> new BackendClosing(by, open, life, device);
            case 1 -> new DeviceClosed(by, open, life, device);
            case 2 -> new RemovalScriptRun(by, open, life, device, records.text());
            case 3 -> new EntriesRemoved(by, open, life, device);
            case 4 -> new UnplugForced(by, open, life, device);
            case 5 -> new UnplugTimedOut(by, open, life, device, "the guest");
            default -> new UnplugCompleted(by, open, life, device);
        };
    }

    private LiveDevice live() {
        return records.make(LiveDevice.class);
    }
}
