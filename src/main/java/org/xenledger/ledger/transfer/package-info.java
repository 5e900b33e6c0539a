/**
 * The ledger as a whole in and out: exported as text and imported again, copied while it is open, and made small. May use
 * the ledger's root package, its integrity, Jackson and JDBC; nothing here loads a class of Axon.
 */
package org.xenledger.ledger.transfer;
