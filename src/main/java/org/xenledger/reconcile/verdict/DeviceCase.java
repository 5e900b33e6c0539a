// SPDX-License-Identifier: Apache-2.0
package org.xenledger.reconcile.verdict;

import org.xenledger.domain.device.LiveCondition;
import org.xenledger.domain.device.Online;
import org.xenledger.domain.state.Origin;
import org.xenledger.domain.state.Phase;

/**
 * Everything that a verdict on a device depends on.
 *
 * @param entry PRESENT also for a kind that by design has no entry
 * @param scriptDue whether the device needs a hotplug script that has not reported success
 * @param libxlEntry whether {@code /libxl/<d>/device/<kind>/<id>} exists, or the kind has none
 * @param pastGrace whether it has been like this for longer than the grace time
 * @param pastDeadline whether the operation's owner has given up, or still lives after its own deadline; that of a dead
 *     owner is void, for nobody has worked on it since
 */
public record DeviceCase(
        Phase phase,
        Origin origin,
        TemplateEntry entry,
        LiveCondition live,
        boolean scriptDue,
        boolean libxlEntry,
        Online online,
        OwnerStatus owner,
        boolean pastGrace,
        boolean pastDeadline) {}
