// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.simulation;

/** The two ends of a device. */
public enum DeviceEnd {
    FRONTEND,
    BACKEND
}
