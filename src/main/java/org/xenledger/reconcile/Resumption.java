// SPDX-License-Identifier: Apache-2.0
package org.xenledger.reconcile;

import org.xenledger.domain.Incarnation;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.operation.Step;
import org.xenledger.domain.state.OperationState;

/**
 * An operation of our own that nobody carries on, and how it is to go on.
 *
 * @param operation as it was left; its owner is dead, or has given up
 * @param step where the world shows that it stands
 * @param reason why it is taken up again and why there, for people
 */
public record Resumption(
        StreamId stream, Incarnation life, DeviceKey device, OperationState operation, Step step, String reason) {}
