/**
 * Axon Framework over the ledger's tables: command handling, event store, tokens. The only package that may import Axon,
 * which is near the end of its life; outside, a ledger is {@link org.xenledger.ledger.Ledger}.
 */
package org.xenledger.ledger.axon;
