// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.xenledger.domain.event.RecordedEvent;
import org.xenledger.domain.template.LosslessJson;
import org.xenledger.ledger.EventCodec;

/** Events as JSON: their place in the ledger, and all that they say. */
final class EventJson {
    private EventJson() {}

    static ArrayNode array(List<RecordedEvent> events) {
        EventCodec codec = new EventCodec();
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        events.forEach(event -> array.add(object(event, codec)));
        return array;
    }

    private static ObjectNode object(RecordedEvent recorded, EventCodec codec) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.set("position", LosslessJson.number(recorded.position()));
        object.put("stream", recorded.stream().value());
        object.set("sequence", LosslessJson.number(recorded.sequence()));
        object.put("id", recorded.id());
        object.put("kind", codec.kindOf(recorded.event()));
        object.set("event", codec.tree(recorded.event()));
        return object;
    }
}
