// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.xenledger.domain.Knobs;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.event.StopReason;
import org.xenledger.domain.template.DeviceEntries;

/**
 * One life of a domain.
 *
 * @param stopped why it ended; null while it runs
 * @param template libxl-json as last read, without secrets; null when it never was
 * @param templateLost why libxl-json cannot be read now; null while it can
 * @param devices all that were ever seen in this life, also those that are gone
 */
public record IncarnationState(
        Instant started,
        StopReason stopped,
        String name,
        Knobs knobs,
        ObjectNode template,
        String templateLost,
        SortedMap<DeviceKey, DeviceState> devices) {
    public IncarnationState {
        devices = Collections.unmodifiableSortedMap(devices);
    }

    public boolean running() {
        return stopped == null;
    }

    IncarnationState stoppedFor(StopReason reason) {
        return new IncarnationState(started, reason, name, knobs, template, templateLost, devices);
    }

    IncarnationState withName(String newName) {
        return new IncarnationState(started, stopped, newName, knobs, template, templateLost, devices);
    }

    IncarnationState withKnobs(Knobs newKnobs) {
        return new IncarnationState(started, stopped, name, newKnobs, template, templateLost, devices);
    }

    /** The same with this tree as its template; what {@code show} uses to put secrets in that no event has. */
    public IncarnationState withTemplate(ObjectNode newTemplate) {
        return new IncarnationState(started, stopped, name, knobs, newTemplate, null, devices);
    }

    /** The same with these as the template's entries of a device. */
    IncarnationState withEntries(DeviceKey key, List<ObjectNode> entries) {
        ObjectNode changed = DeviceEntries.with(template, key, entries);
        return new IncarnationState(started, stopped, name, knobs, changed, templateLost, devices);
    }

    IncarnationState withTemplateLost(String reason) {
        return new IncarnationState(started, stopped, name, knobs, template, reason, devices);
    }

    IncarnationState with(DeviceKey key, DeviceState device) {
        SortedMap<DeviceKey, DeviceState> changed = new TreeMap<>(devices);
        changed.put(key, device);
        return new IncarnationState(started, stopped, name, knobs, template, templateLost, changed);
    }
}
