// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.integrity;

/**
 * The first place where a ledger is not what was written.
 *
 * @param position the global index of the first event that cannot be trusted
 * @param found what stands there; null where nothing does
 * @param reason what is wrong, in one sentence without any text out of the ledger
 */
public record Break(long position, Place found, String reason) {}
