// SPDX-License-Identifier: Apache-2.0
package org.xenledger.reconcile;

import org.xenledger.domain.Incarnation;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.state.OperationState;

/**
 * An operation of our own that nobody carries on, and that cannot go on now.
 *
 * @param reason what keeps it from that, for people
 */
public record Stranded(StreamId stream, Incarnation life, DeviceKey device, OperationState operation, String reason) {}
