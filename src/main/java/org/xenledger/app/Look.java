// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app;

import java.time.Instant;
import org.xenledger.reconcile.HostView;

/**
 * One look at the world.
 *
 * @param at when it was taken
 */
public record Look(HostView host, Instant at) {}
