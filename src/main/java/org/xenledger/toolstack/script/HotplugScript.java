// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.script;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xenledger.domain.device.BackendPath;

/**
 * A run of a hotplug script with the arguments and the environment that libxl gives it: get_hotplug_env,
 * libxl__hotplug_disk and libxl__hotplug_nic in libxl_linux.c.
 *
 * @param program the script's path, which libxl takes from the backend's {@code script} node
 * @param arguments what follows it on the command line
 * @param environment what is added to the environment of the toolstack
 */
public record HotplugScript(String program, List<String> arguments, Map<String, String> environment) {
    static final String SCRIPT = "script";
    static final String XENBUS_PATH = "XENBUS_PATH";

    /** Which way it goes. */
    public enum Action {
        ADD("add", "online"),
        REMOVE("remove", "offline");

        private final String word;
        private final String wordForVif;

        Action(String word, String wordForVif) {
            this.word = word;
            this.wordForVif = wordForVif;
        }
    }

    /** The one run for a disk whose backend is {@code vbd} or {@code vbd3}. */
    public static HotplugScript disk(String program, Action action, BackendPath backend) {
        return new HotplugScript(program, List.of(action.word), common(program, backend));
    }

    /**
     * The runs for a nic, in their order: one, and for an emulated nic a second for its tap interface.
     *
     * @param gatewayDevice the backend's {@code gatewaydev}; empty where it has none
     * @param emulated whether the backend's {@code type} is {@code vif_ioemu}, and no stub domain has the device model
     */
    public static List<HotplugScript> nic(
            String program, Action action, BackendPath backend, String gatewayDevice, boolean emulated) {
        String interfaceName = "vif" + backend.frontendDomid() + "." + backend.id();
        Map<String, String> environment = common(program, backend);
        environment.put("netdev", gatewayDevice);
        if (emulated) {
            environment.put("INTERFACE", interfaceName + "-emu");
        }
        environment.put("vif", interfaceName);
        List<HotplugScript> runs = new ArrayList<>();
        runs.add(new HotplugScript(program, List.of(action.wordForVif, "type_if=vif"), environment));
        if (emulated) {
            runs.add(new HotplugScript(program, List.of(action.word, "type_if=tap"), environment));
        }
        return runs;
    }

    /** The script and its arguments, as an event keeps them. */
    public List<String> command() {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(arguments);
        return List.copyOf(command);
    }

    /** The value of {@code XENBUS_PATH} for a backend; relative, as libxl has it. */
    static String xenbusPath(BackendPath backend) {
        return "backend/" + backend.kind() + "/" + backend.frontendDomid() + "/" + backend.id();
    }

    private static Map<String, String> common(String program, BackendPath backend) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put(SCRIPT, program);
        environment.put("XENBUS_TYPE", backend.kind());
        environment.put(XENBUS_PATH, xenbusPath(backend));
        environment.put("XENBUS_BASE_PATH", "backend");
        return environment;
    }
}
