// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.xenledger.domain.HostIdentity;
import org.xenledger.domain.Incarnation;
import org.xenledger.domain.Knobs;
import org.xenledger.domain.Provenance;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.device.BackendPath;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.device.DeviceKind;
import org.xenledger.domain.device.LiveDevice;
import org.xenledger.domain.device.Online;
import org.xenledger.domain.device.ScriptStatus;
import org.xenledger.domain.device.XenbusState;
import org.xenledger.domain.template.LosslessJson;

/** Fixtures: what a look shows of a guest with a disk and a nic, and builders for every way it can be otherwise. */
public final class Views {
    public static final HostIdentity HOST = new HostIdentity("xen1", "boot-1");
    public static final HostIdentity NEXT_BOOT = new HostIdentity("xen1", "boot-2");
    public static final HostIdentity OTHER_HOST = new HostIdentity("xen2", "boot-9");
    public static final String UUID = "5814e8a6-6120-43fd-bb68-051553960d55";
    public static final String OTHER_UUID = "3fae1c1e-5d0b-4f0c-9a60-1b2c3d4e5f60";
    public static final StreamId GUEST = StreamId.ofUuid(UUID);
    public static final int DOMID = 7;
    public static final String START_TIME = "1795300000.25";
    public static final Incarnation LIFE = new Incarnation(HOST, DOMID, START_TIME);
    /** The same life while the domain is being created. */
    public static final Incarnation UNTIMED = new Incarnation(HOST, DOMID, "");

    public static final String UNREAD = "/libxl/7: not read in time";
    public static final StoreView STORE = new StoreView("", List.of(), List.of());
    public static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    public static final DeviceKey DISK = new DeviceKey(DeviceKind.VBD, 51712);
    public static final DeviceKey SECOND_DISK = new DeviceKey(DeviceKind.VBD, 51728);
    public static final DeviceKey NIC = new DeviceKey(DeviceKind.VIF, 0);
    public static final Map<String, String> DISK_ATTRIBUTES =
            Map.of("backend", "/local/domain/0/backend/vbd/7/51712", "params", "/dev/vg/a", "dev", "xvda");
    public static final Map<String, String> SECOND_DISK_ATTRIBUTES =
            Map.of("backend", "/local/domain/0/backend/vbd/7/51728", "params", "/dev/vg/b", "dev", "xvdb");
    public static final Map<String, String> NIC_ATTRIBUTES =
            Map.of("backend", "/local/domain/0/backend/vif/7/0", "mac", "00:16:3e:0a:0b:0c", "handle", "0");

    public static final LiveDevice CONNECTED = live(XenbusState.CONNECTED, XenbusState.CONNECTED);
    public static final LiveDevice WAITING = live(XenbusState.INITIALISING, XenbusState.INIT_WAIT);
    public static final LiveDevice HALF_PLUGGED = with(WAITING, ScriptStatus.NOT_REPORTED);
    public static final LiveDevice SCRIPT_FAILED = with(WAITING, ScriptStatus.FAILED);
    public static final LiveDevice CLOSING = with(live(XenbusState.CONNECTED, XenbusState.CLOSING), Online.NO);
    public static final LiveDevice CLOSED = with(live(XenbusState.CLOSED, XenbusState.CLOSED), Online.NO);
    public static final LiveDevice WITHOUT_LIBXL_ENTRY = with(CONNECTED, false, true);
    public static final LiveDevice WITHOUT_BACKEND = new LiveDevice(
            true, false, XenbusState.INITIALISING, XenbusState.UNKNOWN, Online.ABSENT, ScriptStatus.NOT_REPORTED, "");

    public static final Knobs KNOBS = new Knobs(1048576L, 1048576L, List.of(0, 1));
    public static final ObjectNode TEMPLATE = template("""
            {"c_info":{"type":"pv","name":"guest1","uuid":"%s"},
             "b_info":{"max_vcpus":2,"avail_vcpus":[0,1],"max_memkb":1048576,"target_memkb":1048576,"type.pv":{}},
             "disks":[{"pdev_path":"/dev/vg/a","vdev":"xvda","format":"raw","readwrite":1}],
             "nics":[{"devid":0,"mac":"00:16:3e:0a:0b:0c","bridge":"br0"}],"on_reboot":"restart"}""".formatted(UUID));

    private Views() {}

    public static ObjectNode template(String json) {
        return (ObjectNode) LosslessJson.parse(json);
    }

    public static Provenance by(HostIdentity host, long seconds) {
        return new Provenance("others", host, "a test", NOON.plusSeconds(seconds));
    }

    public static LiveDevice live(XenbusState frontend, XenbusState backend) {
        return new LiveDevice(true, true, frontend, backend, Online.YES, ScriptStatus.SUCCEEDED, "");
    }

    public static LiveDevice with(LiveDevice d, Online online) {
        return new LiveDevice(
                d.libxlEntry(), d.backendPath(), d.frontend(), d.backend(), online, d.script(), d.scriptError());
    }

    public static LiveDevice with(LiveDevice d, ScriptStatus script) {
        String error = script == ScriptStatus.FAILED ? "no such file" : "";
        return new LiveDevice(d.libxlEntry(), d.backendPath(), d.frontend(), d.backend(), d.online(), script, error);
    }

    public static LiveDevice with(LiveDevice d, boolean libxlEntry, boolean backendPath) {
        return new LiveDevice(
                libxlEntry, backendPath, d.frontend(), d.backend(), d.online(), d.script(), d.scriptError());
    }

    public static SeenDevice disk(LiveDevice live) {
        return seen(DISK, live, DISK_ATTRIBUTES);
    }

    public static SeenDevice secondDisk(LiveDevice live) {
        return seen(SECOND_DISK, live, SECOND_DISK_ATTRIBUTES);
    }

    public static SeenDevice nic(LiveDevice live) {
        return seen(NIC, live, NIC_ATTRIBUTES);
    }

    /** A device whose backend is the one that its attributes name. */
    public static SeenDevice seen(DeviceKey key, LiveDevice live, Map<String, String> attributes) {
        return new SeenDevice(key, 0, BackendPath.kindIn(attributes), true, live, attributes);
    }

    public static SeenDevice unreadable(SeenDevice d) {
        return new SeenDevice(d.key(), d.backendDomid(), d.backendKind(), false, d.live(), d.attributes());
    }

    public static SortedMap<DeviceKey, SeenDevice> devices(SeenDevice... devices) {
        SortedMap<DeviceKey, SeenDevice> map = new TreeMap<>();
        for (SeenDevice device : devices) {
            map.put(device.key(), device);
        }
        return map;
    }

    /** The guest in order, with these devices. */
    public static LiveView liveView(SeenDevice... devices) {
        return new LiveView(DOMID, true, true, UUID, START_TIME, true, "", "guest1", KNOBS, devices(devices));
    }

    public static LiveView withoutHome(LiveView v) {
        return new LiveView(
                v.domid(), false, v.libxl(), "", "", v.whole(), v.unread(), null, Knobs.UNKNOWN, v.devices());
    }

    public static LiveView withoutLibxl(LiveView v) {
        return new LiveView(
                v.domid(),
                v.home(),
                false,
                v.vmUuid(),
                v.startTime(),
                v.whole(),
                v.unread(),
                v.name(),
                v.knobs(),
                v.devices());
    }

    public static LiveView truncated(LiveView v) {
        return new LiveView(
                v.domid(),
                v.home(),
                v.libxl(),
                v.vmUuid(),
                v.startTime(),
                false,
                UNREAD,
                v.name(),
                v.knobs(),
                v.devices());
    }

    /** Only of what the guest itself wrote something was not read. */
    public static LiveView flooded(LiveView v) {
        String data = "/local/domain/7/data: kept changing while it was read";
        return new LiveView(
                v.domid(),
                v.home(),
                v.libxl(),
                v.vmUuid(),
                v.startTime(),
                v.whole(),
                data,
                v.name(),
                v.knobs(),
                v.devices());
    }

    public static LiveView named(LiveView v, String name) {
        return new LiveView(
                v.domid(),
                v.home(),
                v.libxl(),
                v.vmUuid(),
                v.startTime(),
                v.whole(),
                v.unread(),
                name,
                v.knobs(),
                v.devices());
    }

    public static LiveView turned(LiveView v, Knobs knobs) {
        return new LiveView(
                v.domid(),
                v.home(),
                v.libxl(),
                v.vmUuid(),
                v.startTime(),
                v.whole(),
                v.unread(),
                v.name(),
                knobs,
                v.devices());
    }

    /** The same under another domid, with the uuid and start time that {@code ~/vm} leads to. */
    public static LiveView as(LiveView v, int domid, String vmUuid, String startTime) {
        return new LiveView(
                domid, v.home(), v.libxl(), vmUuid, startTime, v.whole(), v.unread(), v.name(), v.knobs(), v.devices());
    }

    /** The guest's only life, with its template. */
    public static DomainView domain(LiveView live) {
        return domain(live, new TemplateView.Present(TEMPLATE));
    }

    public static DomainView domain(LiveView live, TemplateView template) {
        return new DomainView(GUEST, false, LIFE, live, template);
    }

    /** Another life of the same guest. */
    public static DomainView domain(Incarnation life, LiveView live, TemplateView template) {
        return new DomainView(GUEST, false, life, live, template);
    }
}
