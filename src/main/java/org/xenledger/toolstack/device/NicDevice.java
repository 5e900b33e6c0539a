// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.device;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.xenledger.domain.device.BackendPath;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.device.DeviceKind;
import org.xenledger.toolstack.spec.NicSpec;
import org.xenledger.toolstack.spec.SpecException;

/**
 * A nic as libxl plugs it in: libxl_nic.c and libxl__device_add_async in libxl_device.c.
 *
 * @param key its number in xenstore
 * @param backend its backend's directory
 * @param script the path of its hotplug script
 * @param entry its entry of libxl-json: what was asked for, and the devid, type and address that it got
 */
public record NicDevice(DeviceKey key, BackendPath backend, String script, ObjectNode entry) {
    private static final String DEFAULT_SCRIPT = "vif-bridge";
    private static final String DEFAULT_BRIDGE = "xenbr0";
    private static final int DEFAULT_MTU = 1500;

    /**
     * The nic of a request.
     *
     * @param devid its number, which is free; the one that the request names, if it does
     * @param backendDomid the domain that the request's {@code backend_domname} names, else 0
     * @param guest the type of the guest; only an HVM guest can have an emulated nic
     * @param scripts the directory of the hotplug scripts, /etc/xen/scripts
     * @param random where an address comes from when none was asked for
     * @throws SpecException when libxl would refuse it
     */
    public static NicDevice of(
            ObjectNode request,
            int domid,
            int devid,
            int backendDomid,
            GuestType guest,
            Path scripts,
            RandomGenerator random) {
        boolean emulated = request.path("nictype").asText("").equals("vif_ioemu");
        if (emulated && guest != GuestType.HVM) {
            throw new SpecException("only an HVM guest can have an emulated nic: leave out type=ioemu");
        }
        String mac = request.has("mac") ? request.get("mac").asText() : randomMac(random);
        ObjectNode entry = NicSpec.completed(request, devid, mac, emulated ? "vif_ioemu" : "vif");
        return new NicDevice(
                new DeviceKey(DeviceKind.VIF, devid),
                new BackendPath(backendDomid, "vif", domid, devid),
                scripts.resolve(request.path("script").asText(DEFAULT_SCRIPT)).toString(),
                entry);
    }

    /** All nodes that plug it in. */
    public DeviceNodes nodes() {
        String devid = Integer.toString(key.id());
        String mac = entry.path("mac").asText();
        int mtu = entry.path("mtu").asInt(DEFAULT_MTU);

        Map<String, String> frontendKeys = DeviceNodes.commonFrontendKeys(backend);
        frontendKeys.put("handle", devid);
        frontendKeys.put("mac", mac);
        frontendKeys.put("trusted", entry.path("trusted").asText("").equalsIgnoreCase("false") ? "0" : "1");

        Map<String, String> backendKeys = new LinkedHashMap<>();
        backendKeys.put("frontend-id", Integer.toString(backend.frontendDomid()));
        backendKeys.put("online", "1");
        backendKeys.put("state", "1");
        backendKeys.put("script", script);
        copy("ifname", backendKeys, "vifname");
        backendKeys.put("mac", mac);
        copy("ip", backendKeys, "ip");
        copy("gatewaydev", backendKeys, "gatewaydev");
        if (entry.has("rate_interval_usecs")) {
            backendKeys.put(
                    "rate",
                    entry.path("rate_bytes_per_interval").asText("0") + ","
                            + entry.get("rate_interval_usecs").asText());
        }
        if (mtu != DEFAULT_MTU) {
            backendKeys.put("mtu", Integer.toString(mtu));
        }
        copy("vlan", backendKeys, "vlan");
        backendKeys.put("bridge", entry.path("bridge").asText(DEFAULT_BRIDGE));
        backendKeys.put("handle", devid);
        backendKeys.put("type", entry.path("nictype").asText());
        backendKeys.put("hotplug-status", ""); // there, but empty: the backend waits for the script
        return DeviceNodes.of(
                backend.frontendDomid(), key, backend, frontendKeys, Map.of("mtu", Integer.toString(mtu)), backendKeys);
    }

    private void copy(String from, Map<String, String> keys, String to) {
        if (entry.has(from)) {
            keys.put(to, entry.get(from).asText());
        }
    }

    /** In Xen's own range, as libxl__device_nic_setdefault draws it. */
    private static String randomMac(RandomGenerator random) {
        return "00:16:3e:%02x:%02x:%02x".formatted(random.nextInt(0x80), random.nextInt(0x100), random.nextInt(0x100));
    }
}
