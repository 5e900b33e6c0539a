// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A nic in xl's words: xl-network-configuration(5), as parse_nic_config in tools/xl/xl_parse.c reads it. Unlike xl, numbers
 * and addresses that have something behind them are refused, and so is COLO replication.
 */
public final class NicSpec {
    private static final Pattern COMMAS = Pattern.compile("[,\\n]");
    private static final Pattern MAC = Pattern.compile("[0-9a-fA-F]{1,2}(?::[0-9a-fA-F]{1,2}){5}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");
    private static final Pattern COLO = Pattern.compile("(colo_\\w+|forwarddev)=.*");
    private static final String NO_MAC = "00:00:00:00:00:00";

    /** The parameters that are kept as they are, with their keys in libxl-json. */
    private static final Map<String, String> TEXTS = Map.of(
            "bridge", "bridge",
            "netdev", "gatewaydev",
            "gatewaydev", "gatewaydev",
            "ip", "ip",
            "script", "script",
            "backend", "backend_domname",
            "vifname", "ifname",
            "model", "model",
            "vlan", "vlan");

    private static final Map<String, String> TYPES = Map.of("vif", "vif", "ioemu", "vif_ioemu");

    private final String spec;
    private final Entry entry = new Entry(Entry.NIC);

    private NicSpec(String spec) {
        this.spec = spec;
    }

    /**
     * Reads the components of a nic, each with one or more parameters that commas part. {@code xl network-attach} takes one
     * in each argument only, and overlooks what follows a comma.
     *
     * @return the entry of the request, before libxl gives it a devid, a type and an address
     * @throws SpecException with one sentence that says what is wrong
     */
    public static ObjectNode parse(List<String> components, NicDefaults defaults) {
        NicSpec nic = new NicSpec(String.join(",", components));
        defaults.parameters().forEach(nic::parameter);
        parameters(components).forEach(nic::parameter);
        return nic.entry.toJson();
    }

    /** The parameters one by one, as {@code xl network-attach} takes them. */
    public static List<String> parameters(List<String> components) {
        return COMMAS.splitAsStream(String.join(",", components))
                .map(String::strip)
                .filter(parameter -> !parameter.isEmpty())
                .toList();
    }

    /** The devid that a request names, with {@code devid=}. */
    public static OptionalInt devidOf(ObjectNode request) {
        return request.has("devid") ? OptionalInt.of(request.get("devid").intValue()) : OptionalInt.empty();
    }

    /**
     * The entry that libxl stores when it has plugged the nic in: the request with what libxl copies back into it
     * (libxl__update_config_nic, libxl_nic.c).
     *
     * @param type {@code vif} or {@code vif_ioemu}
     */
    public static ObjectNode completed(ObjectNode request, int devid, String mac, String type) {
        return Entry.of(Entry.NIC, request)
                .number("devid", devid)
                .text("mac", mac)
                .text("nictype", type)
                .toJson();
    }

    private void parameter(String parameter) {
        int equals = parameter.indexOf('=');
        if (equals < 0) {
            switch (parameter) {
                case "trusted" -> entry.defbool("trusted", true);
                case "untrusted" -> entry.defbool("trusted", false);
                default -> throw unknown(parameter);
            }
            return;
        }
        String name = parameter.substring(0, equals);
        String value = parameter.substring(equals + 1);
        if (TEXTS.containsKey(name)) {
            entry.text(TEXTS.get(name), value);
            return;
        }
        switch (name) {
            case "type" -> type(value);
            case "mac" -> mac(value);
            case "rate" -> rate(value);
            case "devid" -> entry.number("devid", number(name, value));
            case "mtu" -> entry.number("mtu", number(name, value));
            default -> throw unknown(parameter);
        }
    }

    private void type(String value) {
        if (!TYPES.containsKey(value)) {
            throw wrong("unknown type \"" + value + "\", give vif or ioemu");
        }
        entry.text("nictype", TYPES.get(value));
    }

    private void mac(String value) {
        if (!MAC.matcher(value).matches()) {
            throw wrong("\"" + value + "\" is no MAC address such as 00:16:3e:01:02:03");
        }
        StringBuilder mac = new StringBuilder();
        for (String group : value.toLowerCase(Locale.ROOT).split(":")) {
            mac.append(mac.isEmpty() ? "" : ":").append(group.length() == 1 ? "0" + group : group);
        }
        if (mac.toString().equals(NO_MAC)) {
            entry.remove("mac"); // for libxl as if none was given
        } else {
            entry.text("mac", mac.toString());
        }
    }

    private void rate(String value) {
        Rate rate =
                Rate.parse(value).orElseThrow(() -> wrong("\"" + value + "\" is no rate such as 10Mb/s or 1MB/s@20ms"));
        entry.number("rate_bytes_per_interval", rate.bytesPerInterval())
                .number("rate_interval_usecs", rate.intervalMicros());
    }

    private int number(String name, String value) {
        if (!NUMBER.matcher(value).matches() || Long.parseLong(value) > Integer.MAX_VALUE) {
            throw wrong(name + " \"" + value + "\" is no number from 0 to " + Integer.MAX_VALUE);
        }
        return Integer.parseInt(value);
    }

    private SpecException unknown(String parameter) {
        Matcher colo = COLO.matcher(parameter);
        return wrong(
                colo.matches()
                        ? "COLO replication is not supported, plug such a nic with xl"
                        : "unknown parameter \"" + parameter + "\"");
    }

    private SpecException wrong(String reason) {
        return new SpecException(
                "the nic \"" + spec + "\" cannot be understood: " + reason + "; see xl-network-configuration(5)");
    }
}
