// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.device.LiveDevice;
import org.xenledger.domain.event.DeviceEvent;
import org.xenledger.domain.event.HotplugEvent.HotplugStarted;
import org.xenledger.domain.event.ObservedEvent.DeviceAdopted;
import org.xenledger.domain.event.ObservedEvent.DeviceAppeared;
import org.xenledger.domain.event.ObservedEvent.DeviceChanged;
import org.xenledger.domain.event.ObservedEvent.DeviceGone;
import org.xenledger.domain.event.ObservedEvent.DeviceReconfigured;
import org.xenledger.domain.event.OperationEvent.OperationResumed;
import org.xenledger.domain.event.UnplugEvent.UnplugStarted;
import org.xenledger.domain.operation.PlannedNode;
import org.xenledger.domain.operation.ScriptProcess;
import org.xenledger.domain.operation.Step;
import org.xenledger.domain.state.DeviceState;
import org.xenledger.domain.state.IncarnationState;
import org.xenledger.domain.state.OperationState;
import org.xenledger.domain.state.OperationState.Direction;
import org.xenledger.domain.state.OperationState.Outcome;
import org.xenledger.domain.state.Origin;
import org.xenledger.domain.state.StepMachine;

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
        OperationState operation = state.operation();
        open = operation.id();
        if (operation.origin() == Origin.OURS && (operation.open() || operation.outcome() == Outcome.TIMED_OUT)) {
            return step(operation);
        }
        return switch (state.phase()) {
            case DETACHED -> beginning();
            case ATTACHING, UNKNOWN, ATTACHED, DETACHING -> attached(state);
        };
    }

    /** Whatever the table allows where the operation stands. */
    private DeviceEvent step(OperationState operation) {
        List<StepMachine.Row> rows = StepMachine.of(operation.direction()).stream()
                .filter(row -> row.state() == operation.due())
                .toList();
        return rows.isEmpty() || random.nextInt(8) == 0
                ? new OperationResumed(
                        by,
                        open,
                        life,
                        device,
                        owner(),
                        operation.direction() == Direction.HOTPLUG ? Step.GIVEN_UP : Step.CLOSE_DUE,
                        "its owner died",
                        by.at().plusSeconds(40))
                : event(rows.get(random.nextInt(rows.size())).event());
    }

    private DeviceEvent event(Class<? extends DeviceEvent> kind) {
        RecordComponent[] components = kind.getRecordComponents();
        Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = Stream.of(components).map(this::value).toArray();
        try {
            return kind.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(kind + " cannot be made", e);
        }
    }

    private Object value(RecordComponent component) {
        return switch (component.getName()) {
            case "by" -> by;
            case "operation" -> open;
            case "incarnation" -> life;
            case "device" -> device;
            case "live" -> live();
            case "command" -> List.of("xl", "block-attach", records.text());
            case "attributes" -> Map.of("params", records.text());
            case "script" -> new ScriptProcess(List.of("/etc/xen/scripts/block", "add"), 77, 78);
            default -> records.text();
        };
    }

    private Owner owner() {
        return new Owner(by.host(), 4711, 99);
    }

    private DeviceEvent beginning() {
        return random.nextBoolean()
                ? new DeviceAppeared(by, fresh, life, device, live(), Map.of("frontend-id", "5", "state", "1"))
                : new HotplugStarted(
                        by,
                        fresh,
                        life,
                        device,
                        owner(),
                        records.object(),
                        random.nextBoolean() ? null : records.object(),
                        List.of(new PlannedNode("/libxl/5/device/" + device + "/params", "/dev/vg/a", "")),
                        by.at().plusSeconds(40));
    }

    private DeviceEvent attached(DeviceState state) {
        return switch (random.nextInt(6)) {
            case 0 -> new DeviceChanged(by, random.nextBoolean() ? open : fresh, life, device, state.live(), live());
            case 1 -> new DeviceReconfigured(by, fresh, life, device, Map.of("params", records.text()));
            case 2 -> new DeviceAdopted(by, fresh, life, device);
            case 3 -> new DeviceGone(by, random.nextBoolean() ? open : fresh, life, device);
            default ->
                new UnplugStarted(by, fresh, life, device, owner(), by.at().plusSeconds(10), random.nextBoolean());
        };
    }

    private LiveDevice live() {
        return records.make(LiveDevice.class);
    }
}
