// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.xenledger.domain.HostIdentity;
import org.xenledger.domain.Incarnation;
import org.xenledger.domain.Knobs;
import org.xenledger.domain.Owner;
import org.xenledger.domain.Provenance;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.device.DeviceKind;
import org.xenledger.domain.device.LiveDevice;
import org.xenledger.domain.device.Online;
import org.xenledger.domain.device.ScriptStatus;
import org.xenledger.domain.device.XenbusState;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.domain.event.HotplugEvent.HotplugStarted;
import org.xenledger.domain.event.LifecycleEvent.DomainRegistered;
import org.xenledger.domain.event.LifecycleEvent.DomainStarted;
import org.xenledger.domain.event.ObservedEvent.DeviceAppeared;
import org.xenledger.domain.event.ObservedEvent.DeviceChanged;
import org.xenledger.domain.event.UnplugEvent.UnplugStarted;
import org.xenledger.domain.operation.PlannedNode;
import org.xenledger.domain.template.LosslessJson;

/** Fixtures: one domain, one life, one disk, and the events about them. */
final class History {
    static final StreamId GUEST = StreamId.ofUuid("5814e8a6-6120-43fd-bb68-051553960d55");
    static final HostIdentity HOST = new HostIdentity("xen1", "boot-1");
    static final Incarnation LIFE = new Incarnation(HOST, 7, "1795300000");
    static final Incarnation OTHER_LIFE = new Incarnation(HOST, 8, "1795300100");
    static final DeviceKey DISK = new DeviceKey(DeviceKind.VBD, 51728);
    static final Owner OWNER = new Owner(HOST, 4711, 98765);
    static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    static final Instant DEADLINE = START.plus(Duration.ofSeconds(40));
    static final ObjectNode ENTRY = (ObjectNode) LosslessJson.parse("{\"vdev\":\"xvdb\"}");
    static final String OP = "op-1";
    static final String OTHER_OP = "op-2";
    static final Map<String, String> ATTRIBUTES = Map.of("params", "/dev/vg/b");

    static final List<PlannedNode> NODES = List.of(
            new PlannedNode("/libxl/7/device/vbd/51728/params", "/dev/vg/b", ""),
            new PlannedNode("/local/domain/7/device/vbd/51728/state", "1", "n7,r0"));

    static final LiveDevice INITIALISING = live(XenbusState.INITIALISING, XenbusState.INIT_WAIT, Online.YES);
    static final LiveDevice CONNECTED = live(XenbusState.CONNECTED, XenbusState.CONNECTED, Online.YES);
    static final LiveDevice CLOSING = live(XenbusState.CONNECTED, XenbusState.CLOSING, Online.NO);

    private History() {}

    static LiveDevice live(XenbusState frontend, XenbusState backend, Online online) {
        ScriptStatus script = frontend == XenbusState.CONNECTED ? ScriptStatus.SUCCEEDED : ScriptStatus.NOT_REPORTED;
        return new LiveDevice(true, true, frontend, backend, online, script, "");
    }

    static Provenance at(long seconds) {
        return new Provenance("alice", HOST, "a test", START.plusSeconds(seconds));
    }

    static DomainState fold(DomainState state, DomainEvent... events) {
        DomainState result = state;
        for (DomainEvent event : events) {
            result = Evolution.evolve(result, event);
        }
        return result;
    }

    static DomainState running() {
        return fold(
                DomainState.unknown(GUEST),
                new DomainRegistered(at(0), false),
                new DomainStarted(at(1), LIFE, "guest1", Knobs.UNKNOWN));
    }

    static HotplugStarted hotplugStarted() {
        return new HotplugStarted(at(2), OP, LIFE, DISK, OWNER, ENTRY, null, NODES, DEADLINE);
    }

    static UnplugStarted unplugStarted(String operation) {
        return new UnplugStarted(at(20), operation, LIFE, DISK, OWNER, DEADLINE, false);
    }

    static DeviceAppeared appeared(LiveDevice live) {
        return new DeviceAppeared(at(2), OP, LIFE, DISK, live, ATTRIBUTES);
    }

    static DeviceChanged changed(long seconds, String operation, LiveDevice from, LiveDevice to) {
        return new DeviceChanged(at(seconds), operation, LIFE, DISK, from, to);
    }

    static IncarnationState life(DomainState state) {
        return state.incarnation(LIFE).orElseThrow();
    }

    static DeviceState disk(DomainState state) {
        return life(state).devices().get(DISK);
    }
}
