// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.event;

import org.xenledger.domain.Incarnation;
import org.xenledger.domain.device.DeviceKey;

/** What happens to one device of one life of a domain, as a step of one operation. */
public sealed interface DeviceEvent extends DomainEvent
        permits HotplugEvent, UnplugEvent, XlEvent, OperationEvent, ObservedEvent {
    /** The operation that this is a step of. */
    String operation();

    Incarnation incarnation();

    DeviceKey device();
}
