// SPDX-License-Identifier: Apache-2.0
package org.xenledger.reconcile;

import java.time.Instant;
import org.xenledger.domain.Incarnation;
import org.xenledger.domain.StreamId;
import org.xenledger.reconcile.verdict.Severity;

/**
 * One disagreement, or one thing worth seeing.
 *
 * @param stream the domain; for a file that no domain has, the uuid of its name
 * @param life the life it is about; null for what no life has
 * @param subject a device ({@code vbd/51712 (xvda)}), {@code domain}, a knob, or a path
 * @param verdict the verdict's stable name
 * @param words what it means and what was seen
 * @param actsAfter when a remedy may act, grace time over; null where nothing is to be done
 */
public record Finding(
        Severity severity,
        StreamId stream,
        Incarnation life,
        String name,
        String subject,
        String verdict,
        String words,
        Instant actsAfter) {}
