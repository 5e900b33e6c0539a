// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import java.time.temporal.ChronoUnit;
import org.xenledger.app.EventWords;
import org.xenledger.domain.event.DeviceEvent;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.domain.event.RecordedEvent;

/** Events as lines and cells. */
final class EventLines {
    private EventLines() {}

    static String brief(RecordedEvent recorded) {
        String device = device(recorded.event());
        return recorded.stream().abbreviated() + "  " + kind(recorded.event()) + "  "
                + (device.isEmpty() ? "" : device + "  ") + EventWords.of(recorded.event());
    }

    static String kind(DomainEvent event) {
        return event.getClass().getSimpleName();
    }

    static String device(DomainEvent event) {
        return event instanceof DeviceEvent of ? of.device().display() : "";
    }

    static String operation(DomainEvent event) {
        return event instanceof DeviceEvent of ? of.operation() : "";
    }

    /** The time in UTC to the second; the whole of it is in the JSON. */
    static String time(DomainEvent event) {
        return event.by().at().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
