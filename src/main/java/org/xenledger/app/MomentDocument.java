// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.xenledger.domain.device.LiveDevice;
import org.xenledger.domain.device.Online;
import org.xenledger.domain.state.DomainState;
import org.xenledger.domain.state.IncarnationState;
import org.xenledger.domain.template.Configuration;
import org.xenledger.reconcile.MergedConfiguration;

/**
 * A domain at one moment as one tree, made so that two of them can be compared: the merged configuration, how the ends of
 * each device stand, and what only libxl-json has.
 */
public final class MomentDocument {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private MomentDocument() {}

    /** The tree of the life that is current in this state. */
    public static ObjectNode of(DomainState state) {
        ObjectNode document = NODES.objectNode();
        state.current().flatMap(state::incarnation).ifPresent(life -> {
            document.put("running", life.running());
            state.current().ifPresent(current -> document.put("domid", current.domid()));
            document.set("config", MergedConfiguration.of(life).tree());
            document.set("devices", devices(life));
            document.set("only-in-libxl-json", stale(life));
        });
        return document;
    }

    private static ObjectNode devices(IncarnationState life) {
        ObjectNode devices = NODES.objectNode();
        life.devices().forEach((key, device) -> {
            if (device.live() != null) {
                devices.set(key.toString().replace('/', ' '), ends(device.live()));
            }
        });
        return devices;
    }

    private static ObjectNode ends(LiveDevice live) {
        return NODES.objectNode()
                .put("backend", live.backend().toString())
                .put("frontend", live.frontend().toString())
                .put("online", online(live.online()))
                .put("script", live.script().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .put("libxl-entry", live.libxlEntry())
                .put("backend-path", live.backendPath());
    }

    /** As the node has it. */
    private static String online(Online online) {
        return switch (online) {
            case YES -> "1";
            case NO -> "0";
            case ABSENT -> "absent";
        };
    }

    private static ArrayNode stale(IncarnationState life) {
        ArrayNode stale = NODES.arrayNode();
        if (life.template() == null) {
            return stale;
        }
        List<JsonNode> entries = new ArrayList<>();
        new Configuration(life.template()).devices().forEach((key, entry) -> {
            boolean live =
                    life.devices().containsKey(key) && life.devices().get(key).live() != null;
            if (!live) {
                entries.add(entry);
            }
        });
        return stale.addAll(entries);
    }
}
