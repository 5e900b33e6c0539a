// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.simulation;

import org.xenledger.domain.device.XenbusState;

/**
 * What a driver of one end of a device sees of it.
 *
 * @param own the state of its own end
 * @param other that of the other end; UNKNOWN where there is none
 * @param online whether the toolstack wants the device
 * @param plumbed whether the hotplug script has told the backend what it needs
 */
record Sight(XenbusState own, XenbusState other, boolean online, boolean plumbed) {}
