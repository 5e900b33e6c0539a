// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import java.time.Instant;
import org.xenledger.domain.device.DeviceKey;

/** Which events of a history are asked for; a null asks for all. Both moments are included. */
public record HistoryFilter(DeviceKey device, String operation, String actor, Instant since, Instant until) {
    public static final HistoryFilter ALL = new HistoryFilter(null, null, null, null, null);
}
