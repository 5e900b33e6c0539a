/**
 * The process managers: what carries operations out. The only part of Xenledger whose work has effects on the world, all of
 * them through {@link org.xenledger.domain.operation.Toolstack}; none before its intent is durable. May use the ledger; an
 * engine hands it the durable events.
 */
package org.xenledger.ledger.process;
