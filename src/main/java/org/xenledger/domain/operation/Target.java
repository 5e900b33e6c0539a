// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.operation;

import org.xenledger.domain.Incarnation;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.device.BackendPath;
import org.xenledger.domain.device.DeviceKey;

/**
 * The device that an operation is about, in one life of one domain: what a {@link Toolstack} checks before it touches
 * anything, for a domid may be another domain's by now.
 *
 * @param backend its backend's directory, from libxl's own entry or the intent
 */
public record Target(StreamId domain, Incarnation life, DeviceKey device, BackendPath backend) {}
